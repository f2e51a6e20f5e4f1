//! When memory that was freed goes back to the system. The allocator keeps it for a moment, since a build takes most of it
//! again at once, and the system would have to clear it each time.

use std::ffi::c_long;

/// How long freed memory is kept, in milliseconds.
const DELAY: c_long = 500;

/// How long it is kept where a text is so large that what is made of it is most of what a build has in memory.
const SHORT_DELAY: c_long = 100;

/// From how many bytes on a text is that large.
pub const LARGE: usize = 1 << 20;

/// Keeps freed memory for a moment.
pub fn keep_freed() {
    set_delay(DELAY);
}

/// Keeps it for a shorter time from now on.
pub fn give_back_sooner() {
    set_delay(SHORT_DELAY);
}

fn set_delay(delay: c_long) {
    // `mi_option_purge_delay` of mimalloc 2 and 3, in milliseconds.
    const PURGE_DELAY: libmimalloc_sys::mi_option_t = 15;
    // SAFETY: sets a number that the allocator looks at when it frees memory.
    unsafe { libmimalloc_sys::mi_option_set(PURGE_DELAY, delay) }
}
