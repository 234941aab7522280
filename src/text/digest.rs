//! A short name for bytes, the same on every machine, with every compiler and in every version of sdkb.

/// The 64-bit FNV-1a hash of `bytes`, for names that are published or kept: of index files, assets and findings. It
/// does not resist attacks. Source: <https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>.
pub fn digest<'a>(bytes: impl IntoIterator<Item = &'a u8>) -> u64 {
    bytes
        .into_iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::digest;

    #[test]
    fn digests_are_those_of_the_specification() {
        assert_eq!(digest(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(digest(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(digest(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
