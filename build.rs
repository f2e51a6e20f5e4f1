//! Compiles again when a file joins or leaves the built-in theme or the pages on rules, which the compiler itself cannot
//! see.

fn main() {
    println!("cargo:rerun-if-changed=themes/default");
    println!("cargo:rerun-if-changed=docs/rules");
}
