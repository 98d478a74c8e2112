//! How to see the matter of a finding without this program: with FFmpeg, and for content credentials
//! with `c2patool`.

use super::{Finding, FindingKind};
use crate::time::TrackNo;

/// Frames shown on each side of a place.
const BESIDE: u32 = 3;

impl Finding {
    /// A command of FFmpeg, or of `c2patool`, that shows the matter of this finding; `FILE` stands for
    /// the original.
    pub fn command(&self) -> String {
        use FindingKind as Kind;
        match self.kind {
            Kind::Cut | Kind::Dissolve | Kind::MotionJump => self.pictures(),
            Kind::Black | Kind::FadeOut | Kind::FadeIn => {
                "ffmpeg -i FILE -map 0:v:0 -vf blackdetect=d=0:pix_th=0.1 -f null -".to_owned()
            }
            Kind::FadeToWhite | Kind::FadeFromWhite | Kind::Flash => self.brightness(),
            Kind::Repeated | Kind::Freeze => self.hashes(),
            Kind::VideoTracks => "ffprobe -v error -select_streams v -show_entries \
                                  stream=index,codec_name,width,height:stream_disposition=attached_pic \
                                  FILE"
                .to_owned(),
            Kind::HiddenFrames | Kind::FrameCount => {
                "ffprobe -v error -select_streams v:0 -count_frames -count_packets \
                 -show_entries stream=nb_frames,nb_read_frames,nb_read_packets FILE"
                    .to_owned()
            }
            Kind::Timestamps | Kind::Gap => "ffprobe -v error -select_streams v:0 -show_entries \
                                             frame=pts,duration -of csv=p=0 FILE"
                .to_owned(),
            Kind::KeyFrames | Kind::Bitrate => {
                "ffprobe -v error -select_streams v:0 -show_entries \
                                                packet=pts_time,size,flags -of csv=p=0 FILE"
                    .to_owned()
            }
            Kind::Recoded => "ffprobe -v error -select_streams v:0 -show_entries \
                              frame=pict_type,key_frame,pkt_size -of csv=p=0 FILE"
                .to_owned(),
            Kind::Fields => "ffmpeg -i FILE -map 0:v:0 -vf idet -f null -".to_owned(),
            Kind::Traces => self.software(),
            Kind::ContentCredentials => "c2patool FILE".to_owned(),
            Kind::Container => "ffprobe -v trace FILE".to_owned(),
            Kind::Lengths => "ffprobe -v error -show_entries \
                              stream=index,codec_type,start_time,duration FILE"
                .to_owned(),
            Kind::Silence | Kind::InsertedSilence => {
                "ffmpeg -i FILE -map 0:a:0 -af silencedetect=n=-60dB:d=0.02 -f null -".to_owned()
            }
            Kind::Clipping | Kind::Click => {
                "ffmpeg -i FILE -map 0:a:0 -af astats -f null -".to_owned()
            }
            Kind::SoundGap | Kind::SoundOffset | Kind::SoundTracks => {
                "ffprobe -v error -select_streams a -show_entries \
                 stream=index,start_time,duration:packet=pts_time,duration_time FILE"
                    .to_owned()
            }
            Kind::Damage | Kind::Unreadable | Kind::Incomplete => {
                "ffmpeg -v warning -i FILE -map 0:v:0 -f null -".to_owned()
            }
        }
    }

    /// The same for a finding in video track `track`.
    pub(crate) fn command_on(&self, track: TrackNo) -> String {
        // Commands name the first one, as `0:v:0` or `v:0`, and nothing else so.
        self.command().replace("v:0", &format!("v:{track}"))
    }

    /// The frames in question and those beside them.
    fn around(&self) -> String {
        let (first, last) = self.span.map_or((0, 0), |span| (span.first.0, span.last.0));
        format!(
            "select='between(n,{},{})'",
            first.saturating_sub(BESIDE),
            last.saturating_add(BESIDE)
        )
    }

    fn pictures(&self) -> String {
        format!(
            "ffmpeg -noautorotate -i FILE -map 0:v:0 -vf \"{}\" -fps_mode passthrough %03d.png",
            self.around()
        )
    }

    fn hashes(&self) -> String {
        format!(
            "ffmpeg -v error -noautorotate -i FILE -map 0:v:0 -vf \"{}\" -fps_mode passthrough \
             -f framehash -hash sha256 -",
            self.around()
        )
    }

    fn brightness(&self) -> String {
        format!(
            "ffmpeg -v error -i FILE -map 0:v:0 -vf \"{},signalstats,\
             metadata=print:key=lavfi.signalstats.YAVG:file=-\" -f null -",
            self.around()
        )
    }

    /// Tags, or what stands in the stream itself where the finding has a place in it.
    fn software(&self) -> String {
        if self.span.is_some() {
            "ffmpeg -i FILE -map 0:v:0 -c copy -bsf:v trace_headers -f null -".to_owned()
        } else {
            "ffprobe -v error -show_entries format_tags:stream_tags FILE".to_owned()
        }
    }
}
