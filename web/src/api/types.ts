/** The shapes that the server sends, by the names that the page uses. */

import type { components } from './schema.ts';

type Schemas = components['schemas'];

/** A part of a container: a box of MP4, an element of Matroska. */
export type Part = Schemas['Part'];
export type Parts = Schemas['Parts'];
export type CoderNote = Schemas['CoderNote'];
/** What exiftool reads in the file, or why it was not asked. */
export type Exiftool = Schemas['Exiftool'];
export type ExiftoolField = Schemas['ExiftoolField'];
/** What came of looking for content credentials (C2PA). */
export type Credentials = Schemas['Credentials'];
export type Manifests = Schemas['Manifests'];
export type Manifest = Schemas['Manifest'];
export type Check = Schemas['Check'];
export type Outcome = Schemas['Outcome'];
export type Action = Schemas['Action'];
export type Ingredient = Schemas['Ingredient'];
/** How the bits of a stream are spread over its frames. */
export type Coding = Schemas['Coding'];
/** What became of the quantisers of a stream. */
export type Quantisers = Schemas['Quantisers'];
/** A frame of an item that a picture shows. */
export type Overlays = Schemas['OverlaysView'];
export type Sighted = Schemas['Sighted'];
/** What the server says of a field. */
export interface FieldTold {
  /** SHA-256 of its own rows. */
  hash: string;
  /** Whether it comes first or second in time, by the stream. */
  order: 'first' | 'second' | 'together' | 'unsaid';
  /** Ticks after the frame's timestamp, as a fraction. */
  after: string;
  /** Seconds after the first frame. */
  at: number;
}
/** What a record is. */
export type RecordKind = Schemas['RecordKind'];
/** Some of the items. */
export type ItemsPage = Omit<Schemas['ItemsPage'], 'items'> & { items: ItemSummary[] };
/** Part of what a search finds. */
export type SearchPage = Schemas['SearchPage'];
export type SearchResult = Schemas['SearchResult'];
/** A search kept under a name. */
export type SavedView = Schemas['SavedView'];
export type Analysis = Schemas['Analysis'];
export type MatrixColumn = Schemas['MatrixColumn'];
export type Question = Schemas['Question'];
/** Analysts' ratings of one piece of evidence against one hypothesis. */
export interface MatrixCell {
  standing: EvidenceLink[];
  revised: EvidenceLink[];
  dissent: boolean;
}
export interface MatrixRow {
  evidence: string;
  text: string;
  cells: MatrixCell[];
}
/** Hypotheses against evidence. */
export interface Matrix {
  hypotheses: MatrixColumn[];
  evidence: MatrixRow[];
  analysts: Analysis[];
}
/** What an address names, and where the page shows it. */
export interface Linked {
  address: string;
  entry: number | null;
  text: string;
  page: string;
  cited_by: string[];
}
/** That the bytes of an item were erased. */
export type Removed = Schemas['Removed'];
export type RemovalGround = Schemas['RemovalGround'];
/** A tombstone in full. */
export type Removal = Schemas['Removal'];
export type RemovalPlan = Schemas['RemovalPlan'];
/** That something recorded was taken back. */
export type Withdrawn = Schemas['Withdrawn'];
/** Where a case stood that is shown as it did then. */
export type StoodAt = Schemas['StoodAt'];
export type StoredRow = Schemas['StoredRow'];
export type StoredPage = Schemas['StoredPage'];
/** One of several video tracks. */
export type TrackView = Schemas['TrackView'];

export type SourceKind = 'person' | 'account' | 'outlet' | 'organisation';
export type SourceState = 'live' | 'renamed' | 'suspended' | 'deleted' | 'unknown';
export type ClaimRelation = 'in' | 'about';
export type ClaimStatus = 'unverified' | 'corroborated' | 'contradicted' | 'verified' | 'refuted' | 'unverifiable';
export type Likelihood =
  | 'almost-no-chance'
  | 'very-unlikely'
  | 'unlikely'
  | 'even-chance'
  | 'likely'
  | 'very-likely'
  | 'almost-certain';
export type Confidence = 'low' | 'moderate' | 'high';
export type Verdict = Schemas['Verdict'];
export type ItemsChanged = Omit<Schemas['ItemsChanged'], 'items'> & { items: ItemSummary[] };
export type Cluster = Schemas['Cluster'];
export type ClusterItem = Schemas['ClusterItem'];
export type KnownTime = Schemas['KnownTime'];
export type TimeKind = Schemas['TimeKind'];
export type Basis = Schemas['Basis'];
export type Link = Schemas['Link'];
/** One reviewer's word on a match. */
export type Review = Schemas['Review'];
export type Bearing = 'CC' | 'C' | 'N' | 'I' | 'II' | 'NA';

export interface Origin {
  entry: number;
  at: string;
  actor: string;
}
export interface FrameRef {
  no: number;
  pts: number | null;
  hash: string;
}
export interface Span {
  time_base: [number, number];
  start: number;
  end: number;
  first: FrameRef;
  last: FrameRef;
}
export interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface Pin {
  item: string;
  span: Span | null;
  region: Region | null;
}
export interface Case {
  name: string;
  actor: string;
  items: number;
  entries: number;
  head: { size: number; root: string };
  /** Matches that the watch list found and nobody reviewed yet. */
  seen_again: number;
  /** Where it stood, if it is shown as it did then. */
  as_of?: StoodAt;
}
export interface ItemSummary {
  number: string;
  id: string;
  name: string;
  size: number;
  frame_count: number | null;
  duration_s: number | null;
  width: number | null;
  height: number | null;
  codec: string | null;
  thumbnails: number;
  findings: number;
  claims: number;
  assessments: number;
  matches: number;
  acquired_at: string;
  /** That its bytes were erased; left out while they are kept. */
  removed?: Removed | null;
  flags: ContentFlag[];
  content_note: string | null;
}
export interface TimeBase {
  num: number;
  den: number;
}
export interface Method {
  name: string;
  version: number;
  parameters: Record<string, number>;
  limits: string;
}
export interface Finding {
  kind: string;
  summary: string;
  span: { first: number; last: number; start: number | null; end: number | null } | null;
  method: Method;
  values: Record<string, number>;
  reproduce?: string;
}
export interface Rational {
  num: number;
  den: number;
}
/** What the packets of a stream are. */
export interface Essence {
  hash: string;
  packets: number;
  bytes: number;
}
export interface Stream {
  index: number;
  kind: string;
  codec: string;
  profile: string | null;
  codec_tag: string;
  time_base: TimeBase;
  start: number | null;
  duration: number | null;
  header_frames: number | null;
  attached_picture: boolean;
  bit_rate: number | null;
  tags: Record<string, string>;
  essence: Essence | null;
  video: {
    width: number;
    height: number;
    sample_aspect: Rational;
    rotation: number;
    mirrored: boolean;
    pixel_format: string;
    average_rate: Rational;
    color_range: string;
    color_space: string;
    color_primaries: string;
    color_transfer: string;
    field_order: string;
  } | null;
  audio: { sample_rate: number; channels: number; sample_format: string } | null;
}
export interface Facts {
  format: string;
  format_name: string;
  size: number;
  duration_us: number | null;
  bit_rate: number | null;
  tags: Record<string, string>;
  streams: Stream[];
  video: number | null;
  parts: Parts | null;
  coder_notes: CoderNote[];
  coding: Coding | null;
  presentation: Schemas['Presentation'] | null;
  exiftool: Exiftool | null;
  credentials: Credentials | null;
}
export interface Acquisition extends Origin {
  item: string;
  size: number;
  blake3: string;
  name: string;
  method: string;
  origin: string | null;
  modified: string | null;
  uploaded?: string;
  acquired?: string;
  note: string | null;
}
export interface Item {
  number: string;
  id: string;
  name: string;
  size: number;
  acquisitions: Acquisition[];
  inspection: (Origin & { tool: string; versions: Record<string, string>; complete: boolean }) | null;
  content?: ContentNote[];
}
export interface Shot {
  first: number;
  last: number;
  start_s: number;
  end_s: number;
}
export interface Thumbnail {
  index: number;
  frame: number;
  at_s: number;
  width: number;
  height: number;
}
export interface ItemDetail {
  summary: ItemSummary;
  item: Item;
  facts: Facts | null;
  findings: Finding[];
  time_base: TimeBase | null;
  display: Display | null;
  thumbnails: Thumbnail[];
  shots: Shot[];
  sound: SoundSummary | null;
  tracks: TrackView[];
  stored: { samples: number; not_presented: number } | null;
}
export interface SoundSummary {
  stream: number;
  codec: string;
  rate: number;
  channels: number;
  pcm: string;
  samples: number;
  start_pts: number | null;
  time_base: TimeBase;
  start_s: number;
  end_s: number;
  loudness_lufs: number | null;
  range_lu: number | null;
  peak_dbfs: number | null;
  hash: string;
}
export interface SoundColumns {
  from_s: number;
  to_s: number;
  rate: number;
  lanes: { peaks: ([number, number, number] | null)[] }[];
}
/** Size of the displayed picture in pixels. */
export interface Display {
  width: number;
  height: number;
}
/** Which frames a filmstrip shows. */
export interface Filmstrip {
  from_s: number;
  to_s: number;
  width: number;
  height: number;
  cells: { frame: number; at_s: number }[];
}
export interface FrameRow {
  no: number;
  pts: number | null;
  at_s: number;
  duration_s: number;
  type: 'I' | 'P' | 'B' | '?';
  key: boolean;
  damaged: boolean;
  sample: number | null;
  position: number | null;
  size: number;
  /** Lowest and highest of its slices, on the scale that the facts name. */
  quantiser: [number, number] | null;
  hash: string;
}
export interface FramePage {
  total: number;
  time_base: TimeBase;
  frames: FrameRow[];
}
export interface StatusChange extends Origin {
  withdrawn?: Withdrawn;
  status: ClaimStatus;
  reason: string;
  evidence: string[];
}
export interface Claim extends Origin {
  withdrawn?: Withdrawn;
  number: string;
  relation: ClaimRelation;
  pin: Pin;
  claimant: string | null;
  source: string | null;
  text: string;
  language: string | null;
  asserted: string | null;
  url: string | null;
  status: ClaimStatus;
  history: StatusChange[];
  ratings?: Rating[];
}
/** Credibility of a piece of information, by the Admiralty code. */
export type Credibility = Schemas['Credibility'];
/** One judgement of how credible a claim is. */
export interface Rating extends Origin {
  credibility: Credibility;
  assessor: string;
  reason: string;
  evidence: string[];
  superseded_by?: number;
  withdrawn?: Withdrawn;
}
/** What a date or a place rests on. */
export type Ground = Schemas['Ground'];
export type GroundKind = Schemas['GroundKind'];
export type Footing = Schemas['Footing'];
export type PlacePrecision = Schemas['PlacePrecision'];
export type Position = Schemas['Position'];
/** When what an item shows came about, by somebody's judgement. */
export interface ItemDate extends Origin {
  withdrawn?: Withdrawn;
  number: string;
  pin: Pin;
  footing: Footing;
  from: string;
  until: string | null;
  precision: Schemas['DatePrecision'];
  grounds: Ground[];
  assessor: string;
  reason: string;
  supersedes: string | null;
  superseded_by: string | null;
}
/** Where it came about. */
export interface ItemPlace extends Origin {
  withdrawn?: Withdrawn;
  number: string;
  pin: Pin;
  footing: Footing;
  name: string;
  position: Position | null;
  precision: PlacePrecision;
  grounds: Ground[];
  assessor: string;
  reason: string;
  supersedes: string | null;
  superseded_by: string | null;
}
/** Every date and every place of a case. */
export interface Whereabouts {
  dates: ItemDate[];
  places: ItemPlace[];
  items: Schemas['NamedItem'][];
}
/** A region of one frame, in display pixels. */
export type Shape = { box: Region } | { polygon: [number, number][] };
/** A region over a span: drawn on keyframes, in between by a rule. */
export interface TrackedRegion {
  between: 'linear-frames';
  keyframes: { frame: FrameRef; shape: Shape }[];
}
/** Samples of the sound, `to` left out. */
export interface SoundSpan {
  stream: number;
  rate: number;
  from: number;
  to: number;
  hash: string;
}
export interface Observation extends Origin {
  withdrawn?: Withdrawn;
  number: string;
  pin: Pin;
  text: string;
  tracked?: TrackedRegion | null;
  sound?: SoundSpan | null;
  cites?: string[];
}
export interface EvidenceLink extends Origin {
  withdrawn?: Withdrawn;
  evidence: string;
  bearing: Bearing;
  reason: string;
}
export interface Hypothesis extends Origin {
  withdrawn?: Withdrawn;
  number: string;
  text: string;
  item: string | null;
  evidence: EvidenceLink[];
}
export interface Assessment extends Origin {
  number: string;
  hypothesis: string;
  assessor: string;
  likelihood: Likelihood;
  confidence: Confidence;
  reasons: string;
  evidence: string[];
  supersedes: string | null;
  superseded_by: string | null;
}
export type MediaCode =
  | 'DecontextualizedContent'
  | 'EditedOrCroppedContent'
  | 'OriginalMediaContent'
  | 'SatireOrParodyContent'
  | 'StagedContent'
  | 'TransformedContent';
/** A reviewer's codes for an item, in the terms of schema.org's MediaReview. */
export interface MediaReview extends Origin {
  withdrawn?: Withdrawn;
  number: string;
  item: string;
  reviewer: string;
  codes: MediaCode[];
  context: string | null;
  reasons: string;
  evidence: string[];
  supersedes: string | null;
  superseded_by: string | null;
  /** Reviews by others that stand and cannot hold together with it. */
  contradicts: string[];
}
export type ResemblanceDegree =
  | 'strongly-same'
  | 'moderately-same'
  | 'slightly-same'
  | 'inconclusive'
  | 'slightly-different'
  | 'moderately-different'
  | 'strongly-different';
/** A person's judgement of how alike what two frames show is. */
export interface ResemblanceRecord extends Origin {
  withdrawn?: Withdrawn;
  number: string;
  one: Pin;
  other: Pin;
  subject: string;
  judge: string;
  degree: ResemblanceDegree;
  features: string[];
  reasons: string;
  limits: string;
  supersedes: string | null;
  superseded_by: string | null;
}
export interface ItemRecord {
  media_reviews: MediaReview[];
  resemblances: ResemblanceRecord[];

  claims: Claim[];
  observations: Observation[];
  hypotheses: Hypothesis[];
  assessments: Assessment[];
  dates: ItemDate[];
  places: ItemPlace[];
  tags: Tag[];
  notes: Note[];
  people: Person[];
  /** What is cited of all this, by its address, and the numbers of what cites it. */
  cited: Record<string, string[]>;
}
export type PersonRole = Schemas['PersonRole'];
export type Protection = Schemas['Protection'];
export type Identity = Schemas['Identity'];
/** A person who appears in items, under a number and a description. */
export interface Person extends Origin {
  withdrawn?: Withdrawn;
  number: string;
  description: string;
  roles: PersonRole[];
  note: string | null;
  appearances: PersonSeen[];
  protections: (Origin & { withdrawn?: Withdrawn; protection: Protection[]; reason: string })[];
  identities: (Origin & { withdrawn?: Withdrawn; identity: Identity; reason: string })[];
}
export interface PersonSeen extends Origin {
  withdrawn?: Withdrawn;
  pin: Pin;
  roles: PersonRole[];
  note: string | null;
}
/** What an item shows or lets hear that can harm. */
export type ContentFlag = Schemas['ContentFlag'];
export type ContentNote = Schemas['ContentNote'];
/** A tag on something recorded. */
export interface Tag extends Origin {
  withdrawn?: Withdrawn;
  number: string;
  on: string;
  tag: string;
}
export interface Note extends Origin {
  withdrawn?: Withdrawn;
  number: string;
  on: string;
  text: string;
}
/** What shows that something was seen. */
export type Proof = Schemas['Proof'];
export interface SourceObservation extends Origin {
  state: SourceState;
  observed: string | null;
  note: string | null;
  name?: string;
  proof?: Proof[];
  withdrawn?: Withdrawn;
}
export type SourceTie = Schemas['SourceTie'];
/** What is known of a source over time. */
export type SourceTimeline = Schemas['SourceTimeline'];
export type SourceEvent = Schemas['SourceEvent'];
/** Admiralty grade of a source. */
export type Reliability = Schemas['Reliability'];
/** When something was so, as precisely as known. */
interface Period {
  from: string | null;
  until: string | null;
}
export interface Alias extends Origin, Period {
  name: string;
  url: string | null;
  note: string | null;
  withdrawn?: Withdrawn;
}
export interface Tie extends Origin, Period {
  tie: SourceTie;
  to: string;
  note: string | null;
  withdrawn?: Withdrawn;
}
export interface Grading extends Origin {
  grade: Reliability;
  assessor: string;
  reason: string;
  superseded_by?: number;
  withdrawn?: Withdrawn;
}
/** A series of releases; items by position. */
export interface Series extends Origin {
  withdrawn?: Withdrawn;
  number: string;
  name: string;
  source: string | null;
  note: string | null;
  items: Placement[];
}
export interface Placement extends Origin {
  item: string;
  position: number;
  label: string | null;
  released: string | null;
  note: string | null;
  withdrawn?: Withdrawn;
}
export interface Source extends Origin {
  withdrawn?: Withdrawn;
  number: string;
  name: string;
  kind: SourceKind;
  url: string | null;
  grade: string | null;
  note: string | null;
  observations: SourceObservation[];
  aliases?: Alias[];
  ties?: Tie[];
  grades?: Grading[];
}
/** Parts are left, top, width and height in thousandths of a picture's. */
export interface MatchBasis {
  shared: Schemas['Shared'];
  pairs: [number, number][];
  in_query: [number, number, number, number] | null;
  in_reference: [number, number, number, number] | null;
  /** By which descriptor, where nothing else found it. */
  learned?: Schemas['Learned'] | null;
}
export interface Match extends Origin {
  number: string;
  query: string;
  query_span: Span;
  reference: string;
  reference_span: Span;
  score_permille: number;
  mirrored: boolean;
  speed_permille: number;
  tool: string;
  query_item: string;
  reference_item: string;
  query_name: string;
  reference_name: string;
  query_seconds: [number, number];
  reference_seconds: [number, number];
  score: number;
  /** What it rests on; absent where an earlier version found it. */
  basis?: MatchBasis | null;
  /** The word that stands. */
  verdict: Verdict;
  /** Oldest first; left out when there is none. */
  reviews?: Review[];
}
export interface JournalEntry {
  seq: number;
  at: string;
  actor: string;
  kind: string;
  summary: string;
  hash: string;
  body: unknown;
}
export interface Journal {
  size: number;
  root: string;
  entries: JournalEntry[];
}
export interface Verification {
  ok: boolean;
  blobs: number;
  entries: number;
  problems: string[];
  /** What all of it proves, in sentences, and what it does not. */
  proven: string[];
  unproven: string[];
}
/** A signed head of the journal, and who vouches for it. */
export interface Checkpoint {
  number: string;
  entry: number;
  at: string;
  actor: string;
  size: number;
  root: string;
  checkpoint: string;
  witnessed: Testimony[];
  waiting: string[];
}
export interface Testimony {
  entry: number;
  proof: string;
  sentence: string;
  from: string | null;
}
/** Footage that somebody wants to hear of when it appears again, and what was found. */
export interface Watch extends Origin {
  number: string;
  item: string;
  item_number: string;
  name: string;
  span: Span | null;
  seconds: [number, number] | null;
  note: string | null;
  ended: (Origin & { note: string | null }) | null;
  /** Every match that was found; `matches` leaves out what was rejected. */
  found: { match: string }[];
  matches: Match[];
  waiting: string[];
}
