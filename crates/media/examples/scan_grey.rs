//! Reads raw 8-bit grey frames on standard input and prints the transitions found, one JSON object a
//! line. `scan_grey WIDTH HEIGHT`; frames count as 1/25 s each.

use std::io::{self, Read, Write};

use media::findings::{Glance, Scan};
use media::picture::Luma;
use media::time::{FrameNo, Pts, TimeBase};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sizes: Vec<usize> = std::env::args()
        .skip(1)
        .map(|arg| arg.parse())
        .collect::<Result<_, _>>()?;
    let [width, height] = sizes[..] else {
        return Err("usage: scan_grey WIDTH HEIGHT".into());
    };
    let mut scan = Scan::new(TimeBase { num: 1, den: 25 });
    let mut input = io::stdin().lock();
    let mut data = vec![0; width * height];
    let mut no = 0;
    while input.read_exact(&mut data).is_ok() {
        let luma = Luma {
            data: &data,
            width,
            height,
            stride: width,
        };
        scan.frame(FrameNo(no), Some(Pts(i64::from(no))), 1, Glance::of(luma));
        no += 1;
    }
    let mut output = io::stdout().lock();
    for finding in scan.finish() {
        serde_json::to_writer(&mut output, &finding)?;
        output.write_all(b"\n")?;
    }
    Ok(())
}
