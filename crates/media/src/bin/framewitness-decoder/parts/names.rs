//! Parts that are known by name.

/// Boxes that hold boxes.
const HOLDERS: &[&[u8; 4]] = &[
    b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"udta", b"mvex", b"moof",
    b"traf", b"mfra", b"meta", b"tref", b"gmhd",
];

/// Boxes of ISO/IEC 14496-12, -14, -15, 23001-7 and of QuickTime that files are seen to have.
const BOXES: &[&[u8; 4]] = &[
    b"ftyp", b"styp", b"mdat", b"free", b"skip", b"wide", b"pnot", b"uuid", b"sidx", b"ssix",
    b"prft", b"emsg", b"pdin", b"meco", b"mere", b"mvhd", b"iods", b"tkhd", b"mdhd", b"hdlr",
    b"elng", b"vmhd", b"smhd", b"hmhd", b"nmhd", b"sthd", b"gmin", b"text", b"tmcd", b"elst",
    b"dref", b"stsd", b"stts", b"ctts", b"cslg", b"stsc", b"stsz", b"stz2", b"stco", b"co64",
    b"stss", b"stsh", b"stps", b"padb", b"stdp", b"sdtp", b"sbgp", b"sgpd", b"subs", b"saiz",
    b"saio", b"mehd", b"trex", b"leva", b"trep", b"mfhd", b"tfhd", b"tfdt", b"trun", b"tfra",
    b"mfro", b"pssh", b"tenc", b"senc", b"cprt", b"tsel", b"kind", b"strk", b"xml ", b"bxml",
    b"iloc", b"ipro", b"iinf", b"idat", b"iref", b"pitm", b"iprp", b"grpl", b"clip", b"matt",
    b"tapt", b"clef", b"prof", b"enof", b"load", b"imap", b"keys", b"chpl", b"name", b"WLOC",
    b"AllF", b"LOOP", b"SelO", b"ctab", b"rmra", b"cmov", b"loci", b"auth", b"titl", b"dscp",
    b"gnre", b"albm", b"yrrc", b"rtng", b"perf", b"ID32", b"chap", b"sync", b"scpt", b"ssrc",
    b"hint", b"cdsc", b"font", b"vdep", b"vplx", b"subt", b"thmb", b"cdep", b"data", b"mean",
    b"----", b"aART", b"covr", b"cpil", b"desc", b"disk", b"trkn", b"tmpo", b"tvsh", b"stik",
    b"pgap", b"hdvd", b"url ", b"date", b"ilst", b"keyw",
];

/// Elements of EBML and Matroska down to those in a segment and its information.
const ELEMENTS: &[(u64, &str)] = &[
    (0x1a45_dfa3, "EBML"),
    (0x1853_8067, "Segment"),
    (0x114d_9b74, "SeekHead"),
    (0x1549_a966, "Info"),
    (0x1654_ae6b, "Tracks"),
    (0x1c53_bb6b, "Cues"),
    (0x1f43_b675, "Cluster"),
    (0x1254_c367, "Tags"),
    (0x1043_a770, "Chapters"),
    (0x1941_a469, "Attachments"),
    (0xec, "Void"),
    (0xbf, "CRC-32"),
    (0x73a4, "SegmentUUID"),
    (0x7384, "SegmentFilename"),
    (0x3c_b923, "PrevUUID"),
    (0x3c_83ab, "PrevFilename"),
    (0x3e_b923, "NextUUID"),
    (0x3e_83bb, "NextFilename"),
    (0x4444, "SegmentFamily"),
    (0x6924, "ChapterTranslate"),
    (0x2a_d7b1, "TimestampScale"),
    (0x4489, "Duration"),
    (0x4461, "DateUTC"),
    (0x7ba9, "Title"),
    (0x4d80, "MuxingApp"),
    (0x5741, "WritingApp"),
];

pub(super) fn holds_boxes(kind: [u8; 4]) -> bool {
    HOLDERS.contains(&&kind)
}

/// Whether a box is known; those that begin with © are QuickTime's user texts.
pub(super) fn known_box(kind: [u8; 4]) -> bool {
    kind[0] == 0xa9 || holds_boxes(kind) || BOXES.contains(&&kind)
}

pub(super) fn element(id: u64) -> Option<&'static str> {
    let (_, name) = ELEMENTS.iter().find(|(known, _)| *known == id)?;
    Some(name)
}
