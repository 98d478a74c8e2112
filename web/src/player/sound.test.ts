import { describe, expect, test } from 'vitest';
import { tableOf } from './bench.ts';
import { PIECE, Sound, type Speaker } from './sound.ts';
import { initial, type State } from './state.ts';
import { readWav } from './wav.ts';

/** A speaker that writes down what it is told. */
class Notes implements Speaker {
  readonly here = new Set<number>();
  readonly asked = new Set<number>();
  readonly played: [no: number, offset: number, at: number][] = [];
  silenced = 0;
  load(no: number): void {
    this.asked.add(no);
  }
  ready(no: number): boolean {
    return this.here.has(no);
  }
  play(no: number, offset: number, at: number): void {
    this.played.push([no, offset, Math.round(at * 1000) / 1000]);
  }
  silence(): void {
    this.silenced += 1;
  }
}

const table = tableOf(Array.from({ length: 250 }, () => 0.04));
const playing = (from: number, since = 0): State => ({
  ...initial(0),
  shown: 0,
  wanted: [],
  playing: { direction: 1, since, from, held: false, led: null },
});

function made(): { notes: Notes; sound: Sound } {
  const notes = new Notes();
  const sound = new Sound(notes, table, 9);
  return { notes, sound };
}

describe('sound', () => {
  test('asks for nothing and plays nothing until it is switched on', () => {
    const { notes, sound } = made();
    for (let now = 0; now < 3; now += 0.1) sound.follow(playing(0), now);
    expect([notes.asked.size, notes.played.length]).toEqual([0, 0]);
  });

  test('hands over piece after piece, each in its time', () => {
    const { notes, sound } = made();
    sound.on = true;
    for (const no of [0, 1, 2, 3, 4]) notes.here.add(no);
    for (let now = 10; now < 19.5; now += 0.05) sound.follow(playing(0.5, 10), now);
    expect(notes.played.map(([no]) => no)).toEqual([0, 1, 2, 3, 4]);
    expect(notes.played).toEqual([[0, 0.5, 10], [1, 0, 11.5], [2, 0, 13.5], [3, 0, 15.5], [4, 0, 17.5]]);
    expect(notes.silenced).toBe(0);
  });

  test('leaves out what comes too late and stays with the picture', () => {
    const { notes, sound } = made();
    sound.on = true;
    sound.follow(playing(0), 0);
    expect([...notes.asked]).toEqual([0, 1]);
    notes.here.add(0);
    sound.follow(playing(0), 0.75);
    expect(notes.played).toEqual([[0, 0.75, 0.75]]);
  });

  test('is cut and begun anew after a jump, and ends with playing', () => {
    const { notes, sound } = made();
    sound.on = true;
    for (const no of [0, 3]) notes.here.add(no);
    sound.follow(playing(0), 0);
    sound.follow(playing(3 * PIECE, 0.1), 0.1);
    expect(notes.played).toEqual([[0, 0, 0], [3, 0, 0.1]]);
    expect(notes.silenced).toBe(1);
    sound.follow({ ...playing(6), playing: null }, 0.2);
    sound.follow({ ...playing(6), playing: null }, 0.3);
    expect(notes.silenced).toBe(2);
  });

  test('keeps still while the clock waits for the picture', () => {
    const { notes, sound } = made();
    sound.on = true;
    notes.here.add(0);
    const waiting = { ...playing(0), playing: { direction: 1, since: 0, from: 0, held: true, led: null } } as const;
    sound.follow(waiting, 0);
    sound.follow({ ...playing(0), wanted: [4] }, 0);
    expect(notes.played).toEqual([]);
    sound.follow(playing(0), 0);
    expect(notes.played).toEqual([[0, 0, 0]]);
  });

  test('keeps still backwards and at other speeds', () => {
    const { notes, sound } = made();
    sound.on = true;
    notes.here.add(0);
    sound.follow({ ...playing(0), speed: 2 }, 0);
    sound.follow({ ...playing(1), playing: { direction: -1, since: 0, from: 1, held: false, led: null } }, 0);
    expect(notes.played).toEqual([]);
  });
});

test('a WAVE file of the server is read to its samples', () => {
  const file = new ArrayBuffer(44 + 8);
  const view = new DataView(file);
  [...'RIFF'].forEach((letter, at) => view.setUint8(at, letter.charCodeAt(0)));
  [...'WAVEfmt '].forEach((letter, at) => view.setUint8(8 + at, letter.charCodeAt(0)));
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 2, true);
  view.setUint32(24, 48000, true);
  view.setUint16(34, 16, true);
  [...'data'].forEach((letter, at) => view.setUint8(36 + at, letter.charCodeAt(0)));
  view.setUint32(40, 8, true);
  [-32768, 0, 16384, -16384].forEach((sample, at) => view.setInt16(44 + at * 2, sample, true));
  const pcm = readWav(file);
  expect(pcm?.rate).toBe(48000);
  expect(pcm?.channels.map((plane) => [...plane])).toEqual([[-1, 0.5], [0, -0.5]]);
  expect(readWav(new ArrayBuffer(20))).toBeNull();
});
