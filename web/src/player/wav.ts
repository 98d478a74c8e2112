/** WAVE files as the server writes them: one `fmt ` chunk, one `data` chunk, samples as decoded. */

/** Samples of each channel, full scale ±1. */
export interface Pcm {
  readonly rate: number;
  readonly channels: readonly Float32Array<ArrayBuffer>[];
}

const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
const HEADER = 12;

/** Reads a WAVE file; `null` for one of another kind. */
export function readWav(file: ArrayBuffer): Pcm | null {
  const view = new DataView(file);
  let form: { code: number; channels: number; rate: number; bits: number } | null = null;
  for (let at = HEADER; at + 8 <= view.byteLength; ) {
    const name = String.fromCharCode(...new Uint8Array(file, at, 4));
    const length = view.getUint32(at + 4, true);
    const start = at + 8;
    if (name === 'fmt ') {
      const code = view.getUint16(start, true);
      form = {
        code: code === EXTENSIBLE ? view.getUint16(start + 24, true) : code,
        channels: view.getUint16(start + 2, true),
        rate: view.getUint32(start + 4, true),
        bits: view.getUint16(start + 14, true),
      };
    }
    if (name === 'data' && form) return samples(new DataView(file, start, length), form);
    at = start + length + (length % 2);
  }
  return null;
}

function samples(data: DataView, form: { code: number; channels: number; rate: number; bits: number }): Pcm | null {
  const { code, channels, rate, bits } = form;
  const read = reader(data, code === FLOAT, bits);
  if (!read || channels === 0 || rate === 0) return null;
  const size = bits / 8;
  const count = Math.floor(data.byteLength / size / channels);
  const planes = Array.from({ length: channels }, (_, channel) => {
    const plane = new Float32Array(count);
    for (let index = 0; index < count; index += 1) plane[index] = read((index * channels + channel) * size);
    return plane;
  });
  return { rate, channels: planes };
}

function reader(data: DataView, float: boolean, bits: number): ((at: number) => number) | null {
  if (float && bits === 32) return (at) => data.getFloat32(at, true);
  if (float && bits === 64) return (at) => data.getFloat64(at, true);
  if (bits === 8) return (at) => (data.getUint8(at) - 128) / 128;
  if (bits === 16) return (at) => data.getInt16(at, true) / 32768;
  if (bits === 32) return (at) => data.getInt32(at, true) / 2147483648;
  return null;
}
