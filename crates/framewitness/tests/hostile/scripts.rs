//! Texts that players take for directions to other places.

use std::fs;
use std::path::Path;

use crate::bait::Bait;

/// Writes them all. `@` stands for the bait's path, `#` for address and port of the listener.
pub fn write(folder: &Path, bait: &Bait) {
    let filled = |text: &str| {
        text.replace('@', &bait.path().display().to_string())
            .replace('#', &format!("127.0.0.1:{}", bait.port()))
            .replace("PORT", &bait.port().to_string())
            .replace("HASH", "#")
    };
    let put = |name: &str, text: &str| {
        fs::write(folder.join(name), filled(text)).expect("write");
    };
    for (name, text) in TEXTS {
        put(name, text);
    }
    for (name, place) in PLACES {
        let list = format!(
            "HASHEXTM3U\nHASHEXT-X-TARGETDURATION:1\nHASHEXTINF:1,\n{place}\nHASHEXT-X-ENDLIST\n"
        );
        put(&format!("hls-{name}.m3u8"), &list);
    }
    // Names that say something to whoever passes them on.
    for name in [
        "frame%03d.png",
        "*.png",
        "-i",
        "pipe:0",
        "subfile,,start,0,end,9,,:a.mp4",
    ] {
        put(name, &format!("concat:@|@ {name}"));
    }
}

/// Where a playlist can point, one for each of ffmpeg's protocols that reach out.
const PLACES: &[(&str, &str)] = &[
    ("http", "http://#/a.ts"),
    ("https", "https://#/a.ts"),
    ("tcp", "tcp://#"),
    ("tls", "tls://#"),
    ("udp", "udp://#"),
    ("rtp", "rtp://#"),
    ("rtmp", "rtmp://#/a/b"),
    ("rtsp", "rtsp://#/a"),
    ("ftp", "ftp://#/a.ts"),
    ("gopher", "gopher://#/a"),
    ("mmsh", "mmsh://#/a"),
    ("icecast", "icecast://#/a"),
    ("srt", "srt://#"),
    ("sftp", "sftp://#/a"),
    ("smb", "smb://#/a"),
    ("zmq", "zmq:tcp://#"),
    ("unix", "unix:@"),
    ("path", "@"),
    ("file", "file:@"),
    ("file-url", "file://@"),
    ("cache", "cache:@"),
    ("async", "async:@"),
    ("crypto", "crypto:@"),
    ("concat", "concat:@|@"),
    ("concatf", "concatf:@"),
    ("subfile", "subfile,,start,0,end,0,,:@"),
    ("pipe", "pipe:0"),
    ("data", "data:text/plain;base64,QQ=="),
    ("relative", "../bait.mp4"),
];

const TEXTS: &[(&str, &str)] = &[
    (
        "concat.txt",
        "ffconcat version 1.0\nfile '@'\nfile 'http://#/a.mp4'\n",
    ),
    ("concat-bare.txt", "file '@'\n"),
    (
        "hls-key.m3u8",
        "HASHEXTM3U\nHASHEXT-X-TARGETDURATION:1\nHASHEXT-X-KEY:METHOD=AES-128,URI=\"http://#/key\"\n\
         HASHEXT-X-MAP:URI=\"file://@\"\nHASHEXTINF:1,\n@\n",
    ),
    (
        "hls-master.m3u8",
        "HASHEXTM3U\nHASHEXT-X-STREAM-INF:BANDWIDTH=1\nhttp://#/b.m3u8\n",
    ),
    (
        "call.sdp",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video PORT RTP/AVP 96\n\
         a=rtpmap:96 H264/90000\n",
    ),
    (
        "dash.mpd",
        "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\" \
         mediaPresentationDuration=\"PT1S\"><Period><AdaptationSet mimeType=\"video/mp4\">\
         <Representation id=\"1\" bandwidth=\"1\"><BaseURL>http://#/a.mp4</BaseURL></Representation>\
         </AdaptationSet></Period></MPD>",
    ),
    (
        "entity.svg",
        "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY e SYSTEM \"file://@\">]>\
         <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><text>&e;</text></svg>",
    ),
    (
        "image.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         width=\"9\" height=\"9\"><image xlink:href=\"http://#/a.png\" width=\"9\" height=\"9\"/>\
         <image xlink:href=\"file://@\" width=\"9\" height=\"9\"/></svg>",
    ),
    (
        "imf.xml",
        "<?xml version=\"1.0\"?><CompositionPlaylist \
         xmlns=\"http://www.smpte-ra.org/schemas/2067-3/2016\"><Id>urn:uuid:1</Id>\
         <Annotation>@</Annotation></CompositionPlaylist>",
    ),
    (
        "list.pls",
        "[playlist]\nFile1=http://#/a.mp3\nNumberOfEntries=1\n",
    ),
    (
        "list.asx",
        "<ASX version=\"3.0\"><ENTRY><REF HREF=\"http://#/a.wmv\"/></ENTRY></ASX>",
    ),
    ("list.ram", "rtsp://#/a.rm\n"),
    (
        "list.smil",
        "<smil><body><video src=\"http://#/a.mp4\"/></body></smil>",
    ),
    ("redirect.mov", "RTSPtextrtsp://#/a\n"),
    ("script.avs", "DirectShowSource(\"@\")\n"),
    ("script.vpy", "import os; os.open('@', 0)\n"),
    ("graph.txt", "movie='@'\n"),
    (
        "subtitles.ass",
        "[Script Info]\nAudio File: @\nVideo File: @\n\n[Events]\nDialogue: 0,0:00:00.00,0:00:01.00,x,,0,0,0,,@\n",
    ),
    (
        "subtitles.idx",
        "HASH VobSub index file, v7 (do not modify this line!)\nid: en, index: 0\n\
         timestamp: 00:00:00:000, filepos: 000000000\n",
    ),
];
