//! Whole numbers in few bytes: seven bits a byte, the lowest first, and the highest bit says that more follow (unsigned
//! LEB128; DWARF 5, section 7.6).

/// Writes a number behind some bytes.
#[inline]
pub fn write(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Reads a number, and leaves the bytes behind it; none if they end before it does, or if it is too large.
#[inline]
pub fn read(bytes: &mut &[u8]) -> Option<usize> {
    // Most are so small.
    if let [byte @ 0..0x80, rest @ ..] = *bytes {
        *bytes = rest;
        return Some(usize::from(*byte));
    }
    let mut number = 0;
    for shift in (0..usize::BITS).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= usize::from(byte & 0x7f) << shift;
        if *byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_written_is_read_again() {
        let numbers = [0, 1, 0x7f, 0x80, 0x3fff, 0x4000, u32::MAX as usize, usize::MAX];
        let mut bytes = Vec::new();
        numbers.iter().for_each(|number| super::write(&mut bytes, *number));
        assert_eq!(bytes[..4], [0, 1, 0x7f, 0x80]);
        let mut rest = &bytes[..];
        for number in numbers {
            assert_eq!(super::read(&mut rest), Some(number));
        }
        assert_eq!(super::read(&mut rest), None);
        assert_eq!(super::read(&mut &[0x80; 20][..]), None);
    }
}
