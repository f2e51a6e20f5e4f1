//! Arguments in, exit code out.

/// Reading a book makes many small texts on several threads at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    keep_memory();
    dossier::cli::run()
}

/// Gives memory back to the system a moment after it was freed, and not at once: a build takes most of it again at once,
/// and the system would have to clear it each time.
fn keep_memory() {
    // `mi_option_purge_delay` of mimalloc 2 and 3, in milliseconds.
    const PURGE_DELAY: libmimalloc_sys::mi_option_t = 15;
    // SAFETY: sets a number that the allocator looks at when it frees memory.
    unsafe { libmimalloc_sys::mi_option_set(PURGE_DELAY, 100) }
}
