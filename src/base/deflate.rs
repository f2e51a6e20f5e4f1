//! Deflate (RFC 1951), quick rather than small.

use std::cell::RefCell;

use libdeflater::{CompressionLvl, Compressor, Decompressor};

thread_local! {
    /// Both have tables of their own, which cost more than what they are used for. Of little text a slower level makes
    /// hardly less.
    static COMPRESSOR: RefCell<Compressor> = RefCell::new(Compressor::new(CompressionLvl::new(1).unwrap_or_default()));
    static DECOMPRESSOR: RefCell<Decompressor> = RefCell::new(Decompressor::new());
}

/// Bytes as deflate has them, one block behind the other.
pub fn deflate(bytes: &[u8]) -> Vec<u8> {
    COMPRESSOR.with_borrow_mut(|compressor| {
        let mut deflated = vec![0; compressor.deflate_compress_bound(bytes.len())];
        let length = compressor.deflate_compress(bytes, &mut deflated).unwrap_or(0);
        deflated.truncate(length);
        deflated
    })
}

/// What was deflated, which has so many bytes; none if it is no deflate or is longer.
pub fn inflate(deflated: &[u8], length: usize) -> Option<Vec<u8>> {
    DECOMPRESSOR.with_borrow_mut(|decompressor| {
        let mut bytes = vec![0; length];
        let inflated = decompressor.deflate_decompress(deflated, &mut bytes).ok()?;
        (inflated == length).then_some(bytes)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_deflated_comes_back_and_what_is_not_is_nothing() {
        for bytes in [&b""[..], b"a", &[7; 100_000], "中国制造 2025".as_bytes()] {
            let deflated = deflate(bytes);
            assert_eq!(inflate(&deflated, bytes.len()).as_deref(), Some(bytes));
            assert!(inflate(&deflated, bytes.len() + 1).is_none());
            assert!(bytes.is_empty() || inflate(&deflated, bytes.len() - 1).is_none());
        }
        assert!(inflate(b"\xff\xff", 3).is_none() && inflate(b"", 1).is_none());
        assert!(deflate(&[7; 100_000]).len() < 1_000);
    }
}
