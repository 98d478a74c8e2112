/** The real program, as a person runs it in a terminal. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = resolve(import.meta.dirname, '../..');

/** Clips that ship with the source. */
export const fixture = (name: string): string => resolve(ROOT, 'fixtures', name);

/** Makes a clip in `folder` that takes seconds to inspect. */
export function longClip(folder: string): string {
  const path = join(folder, 'long.mp4');
  const source = fixture('clips/VID_20191220_170832.mp4');
  execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-stream_loop', '6', '-i', source, '-c', 'copy', path]);
  return path;
}

/** Where cargo builds. */
export const target = (): string => resolve(ROOT, process.env['CARGO_TARGET_DIR'] ?? 'target');

/** The program under test. */
export function program(): string {
  const asked = process.env['FRAMEWITNESS_BIN'];
  if (asked) return resolve(asked);
  const found = ['release', 'debug'].map((profile) => resolve(target(), profile, 'framewitness')).find(existsSync);
  if (!found) throw new Error(`no framewitness in ${target()}: build it first, or name it in FRAMEWITNESS_BIN`);
  return found;
}

/** Runs `framewitness --case CASE ARGS…` and gives what it prints. */
export function run(folder: string, ...args: string[]): Buffer {
  return execFileSync(program(), ['--quiet', '--actor', 'desk', '--case', folder, ...args], {
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Makes a case in `folder`. */
export function init(folder: string, name: string): void {
  execFileSync(program(), ['--actor', 'desk', 'init', folder, '--name', name], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** A running `framewitness serve`, with the address that it printed. */
export interface Served {
  readonly address: string;
  readonly port: string;
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/** Serves `folder` on this port, or on a free one, to somebody who signs as `actor`. */
export async function serve(folder: string, port = '0', actor = 'desk'): Promise<Served> {
  const child = spawn(program(), ['--actor', actor, '--case', folder, 'serve', '--port', port], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/\S+#token=\S+/.exec(line)?.[0];
    if (address) return { address, port: new URL(address).port, stop: () => end(child, 'SIGTERM'), kill: () => end(child, 'SIGKILL') };
  }
  throw new Error('framewitness serve ended without printing an address');
}

/** Serves a case of its own with these fixtures, inspected, and takes it away again. */
export async function withCase(files: readonly string[], use: (served: Served, folder: string) => Promise<void>): Promise<void> {
  const folder = join(mkdtempSync(join(tmpdir(), 'framewitness-own-')), 'case');
  init(folder, 'Of its own');
  if (files.length > 0) {
    run(folder, 'add', ...files.map(fixture));
    run(folder, 'inspect', '--all');
  }
  const served = await serve(folder);
  try {
    await use(served, folder);
  } finally {
    await served.stop();
    rmSync(join(folder, '..'), { recursive: true, force: true });
  }
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => {
    child.once('exit', () => done());
    child.kill(signal);
  });
}
