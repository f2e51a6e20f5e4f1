//! Deflate (RFC 1951), quick rather than small.

use std::cell::RefCell;

use libdeflater::{CompressionLvl, Compressor};

thread_local! {
    /// It has tables of its own, which cost more than what they are used for. Of little text a slower level makes hardly
    /// less.
    static COMPRESSOR: RefCell<Compressor> = RefCell::new(Compressor::new(CompressionLvl::new(1).unwrap_or_default()));
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

#[cfg(test)]
mod tests {
    use libdeflater::Decompressor;

    use super::*;

    #[test]
    fn what_is_deflated_comes_back() {
        for bytes in [&b""[..], b"a", &[7; 100_000], "中国制造 2025".as_bytes()] {
            let mut inflated = vec![0; bytes.len()];
            let length = Decompressor::new().deflate_decompress(&deflate(bytes), &mut inflated);
            assert_eq!((length, &inflated[..]), (Ok(bytes.len()), bytes));
        }
        assert!(deflate(&[7; 100_000]).len() < 1_000);
    }
}
