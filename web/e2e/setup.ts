/** Before all tests: a case of real clips, inspected, matched, with something recorded, served. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixture, init, run, serve } from './program.ts';

export default async function setup(): Promise<() => Promise<void>> {
  const folder = join(mkdtempSync(join(tmpdir(), 'framewitness-page-')), 'case');
  init(folder, 'Towers at night');
  run(folder, 'add', ...['clips/city-repost.mp4', 'clips/cityCC0.mpg', 'odd/sound-only.ogg'].map(fixture));
  run(folder, 'inspect', '--all');
  run(folder, 'match', '#1');
  // Added last and not inspected: the page must say so.
  run(folder, 'add', fixture('odd/rotated.mp4'));
  record(folder);
  const served = await serve(folder);
  process.env['CASE'] = folder;
  process.env['ADDRESS'] = served.address;
  return async () => {
    await served.stop();
    rmSync(join(folder, '..'), { recursive: true, force: true });
  };
}

function record(folder: string): void {
  run(folder, 'source', 'add', '@rooftop_71', '--url', 'https://example.org/@rooftop_71', '--grade', 'F');
  run(folder, 'source', 'state', 'S1', 'deleted', '--at', '2026-05-03T07:30:00Z', '--note', 'answers 410 Gone');
  run(folder, 'claim', 'add', '#1', 'The towers tonight, filmed from our roof', '--by', '@rooftop_71', '--source', 'S1');
  run(folder, 'claim', 'status', 'C1', 'contradicted', '--reason', 'The same footage is older', '--evidence', 'M1');
  run(folder, 'observe', '#1', 'The picture goes to other towers here', '--frame', '75', '--to', '77');
  run(folder, 'hypothesis', 'add', 'The post is older footage', '--item', '#1');
  run(folder, 'hypothesis', 'link', 'H1', 'M1', 'CC', '--reason', 'covers the whole post');
  assess(folder, 'Lindqvist', 'even-chance', 'low', 'compared two stills only');
  assess(folder, 'Mbeki', 'almost-certain', 'high', 'aligned to the frame');
  assess(folder, 'Lindqvist', 'very-likely', 'moderate', 'seen side by side', '--revises', 'A1');
}

function assess(folder: string, by: string, likelihood: string, confidence: string, reasons: string, ...more: string[]): void {
  run(folder, 'assess', 'H1', '--by', by, '--likelihood', likelihood, '--confidence', confidence, '--reasons', reasons, ...more);
}
