//! Exact conversion between time bases, rounding half away from zero, as libav's `av_rescale_q`.

use media::time::Rational;

use crate::av::NO_PTS;

/// Microseconds.
pub(super) const MICRO: Rational = Rational {
    num: 1,
    den: 1_000_000,
};

/// Converts `ticks` of `from` to ticks of `to`; the ends of the range are kept.
pub(super) fn rescale(ticks: i64, from: Rational, to: Rational) -> i64 {
    let num = i128::from(from.num) * i128::from(to.den);
    let den = i128::from(to.num) * i128::from(from.den);
    if den <= 0 || num < 0 {
        return NO_PTS;
    }
    let scaled = i128::from(ticks) * num;
    let rounded = (scaled.abs() + den / 2) / den;
    let signed = if scaled < 0 { -rounded } else { rounded };
    i64::try_from(signed).unwrap_or(NO_PTS)
}

/// As [`rescale`], where "no timestamp" stays that.
pub(super) fn rescale_or_none(ticks: i64, from: Rational, to: Rational) -> i64 {
    if ticks == NO_PTS {
        NO_PTS
    } else {
        rescale(ticks, from, to)
    }
}
