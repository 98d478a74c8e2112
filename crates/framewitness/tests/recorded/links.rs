//! One address for everything that can be cited.

use crate::bench::Bench;

#[test]
fn an_address_says_what_it_names_and_where_the_page_shows_it() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run("observe 1 blood --frame 3");
    bench.run("source add nobody --kind account");
    bench.run("hypothesis add staged --item 1");
    bench.run("hypothesis add made-up");
    bench.run("assess H1 --by Ada --likelihood likely --confidence low --reasons seen");
    let page = |address: &str| {
        let linked = bench.json(&format!("show {address}")).remove(0);
        assert_eq!(linked["address"], address);
        linked["page"].as_str().unwrap().to_owned()
    };
    for (address, shown) in [
        ("#1", "#/items/1"),
        ("#1#frame=3", "#/items/1?frame=3"),
        ("#1#t=0.1,0.3", "#/items/1?t=0.1,0.3"),
        ("O1", "#/items/1?frame=3"),
        ("S1", "#/sources?only=S1"),
        ("H1", "#/hypotheses?of=1"),
        ("H2", "#/hypotheses?of=case"),
        ("A1", "#/hypotheses?of=1"),
        ("E2", "#/journal?entry=2"),
    ] {
        assert_eq!(page(address), shown);
    }
    for (dangling, code) in [
        ("#2", 4),
        ("#1#frame=99999", 4),
        ("#1#t=9999", 4),
        ("O2", 4),
        ("F:#1:99", 4),
        ("E999", 4),
        ("#1#frame=03", 2),
        ("#1#t=3,2", 2),
        ("X1", 4),
        ("Y1", 2),
        ("C01", 2),
    ] {
        let (exit, told) = bench.refused(&format!("show {dangling}"));
        assert_eq!(exit, code, "{dangling}: {told}");
    }
    let (exit, told) = bench.refused("show O1 --as-of 2");
    assert_eq!(exit, 4, "{told}");
}
