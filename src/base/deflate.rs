//! Deflate (RFC 1951), quick rather than small.

use std::cell::RefCell;

use libdeflater::{CompressionLvl, Compressor, Decompressor};

thread_local! {
    /// Both have tables of their own, which cost more than what they are used for. Of little text a slower level makes
    /// hardly less.
    static COMPRESSOR: RefCell<Compressor> = RefCell::new(Compressor::new(CompressionLvl::new(1).unwrap_or_default()));
    static DECOMPRESSOR: RefCell<(Decompressor, Vec<u8>)> = RefCell::new((Decompressor::new(), Vec::new()));
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

/// Reads what was deflated, which has so many bytes; none if it is no deflate or has another length.
pub fn inflate<T>(deflated: &[u8], length: usize, read: impl FnOnce(&[u8]) -> Option<T>) -> Option<T> {
    DECOMPRESSOR.with_borrow_mut(|(decompressor, bytes)| {
        if bytes.len() < length {
            bytes.resize(length, 0);
        }
        let inflated = decompressor.deflate_decompress(deflated, &mut bytes[..length]).ok()?;
        if inflated == length { read(&bytes[..length]) } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_deflated_comes_back_and_what_is_not_is_nothing() {
        for bytes in [&b""[..], b"a", &[7; 100_000], "中国制造 2025".as_bytes()] {
            let deflated = deflate(bytes);
            let inflated = |length: usize| inflate(&deflated, length, |bytes| Some(bytes.to_vec()));
            assert_eq!(inflated(bytes.len()).as_deref(), Some(bytes));
            assert!(inflated(bytes.len() + 1).is_none());
            assert!(bytes.is_empty() || inflated(bytes.len() - 1).is_none());
        }
        assert!(inflate(b"\xff\xff", 3, |_| Some(())).is_none() && inflate(b"", 1, |_| Some(())).is_none());
        assert!(deflate(&[7; 100_000]).len() < 1_000);
    }
}
