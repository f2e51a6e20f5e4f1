//! Arguments in, exit code out.

fn main() -> std::process::ExitCode {
    dossier::cli::run()
}
