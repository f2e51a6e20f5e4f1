//! Compiles again when a file joins or leaves the built-in theme, which the compiler itself cannot see.

fn main() {
    println!("cargo:rerun-if-changed=themes/default");
}
