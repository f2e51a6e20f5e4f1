//! Compiles again when a file joins or leaves what is built in, which the compiler itself cannot see.

fn main() {
    for folder in ["themes/default", "src/scaffold/book", "docs/rules"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
