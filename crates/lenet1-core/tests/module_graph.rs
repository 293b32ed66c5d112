//! The modules of the core use each other in one direction: no circle, and nothing from the crate's root, which uses
//! all.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Every module with the modules that it uses.
fn modules() -> BTreeMap<String, BTreeSet<String>> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let entries = fs::read_dir(&src).expect("the sources").map(|entry| entry.expect("an entry").path());
    let mut modules = BTreeMap::new();
    for path in entries {
        let name = path.file_stem().expect("a name").to_str().expect("UTF-8").to_owned();
        if name == "lib" {
            continue;
        }
        let files: Vec<_> = if path.is_dir() {
            fs::read_dir(&path).expect("a folder").map(|entry| entry.expect("an entry").path()).collect()
        } else {
            vec![path]
        };
        let texts = files.iter().map(|file| fs::read_to_string(file).expect("a source"));
        // A module's file, and its folder if it has one, count as one.
        modules.entry(name).or_insert_with(BTreeSet::new).extend(texts.flat_map(|text| used(&text)));
    }
    modules
}

/// The names after `crate::` in code, without tests and comments.
fn used(text: &str) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]").next().expect("a first part");
    let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let mut names = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        let list = after.strip_prefix('{').map_or(after, |rest| rest.split('}').next().expect("a first part"));
        let names_of = |part: &str| -> String {
            part.trim().chars().take_while(|&letter| letter.is_alphanumeric() || letter == '_').collect()
        };
        if list.len() == after.len() {
            names.insert(names_of(after));
        } else {
            names.extend(list.split(',').filter(|part| !part.trim().is_empty()).map(names_of));
        }
    }
    names
}

/// Removes, again and again, the modules that use only removed ones. Those left lie on a circle or lead to one.
fn on_circles(mut modules: BTreeMap<String, BTreeSet<String>>) -> BTreeSet<String> {
    loop {
        let names: BTreeSet<String> = modules.keys().cloned().collect();
        modules.retain(|_, uses| !uses.is_disjoint(&names));
        if modules.len() == names.len() {
            return names;
        }
    }
}

#[test]
fn the_modules_use_each_other_one_way() {
    let modules = modules();
    for (name, uses) in &modules {
        for used in uses {
            assert!(
                modules.contains_key(used),
                "{name} uses crate::{used}, which is not a module: it comes from the root"
            );
        }
    }
    assert!(modules["h2"].contains("h1") && modules["network"].contains("layers"), "uses are found");
    assert_eq!(on_circles(modules), BTreeSet::new());
}

#[test]
fn a_circle_is_found() {
    let uses = |names: &[&str]| names.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    assert_eq!(used("use crate::a::{B, C};\nuse crate::{d, e::F, g};\n// crate::h\n"), uses(&["a", "d", "e", "g"]));
    let graph = [("a", &["b"][..]), ("b", &["c"]), ("c", &["b"]), ("d", &[])];
    let graph = graph.map(|(name, names)| (name.to_owned(), uses(names)));
    assert_eq!(on_circles(graph.into_iter().collect()), uses(&["a", "b", "c"]));
}
