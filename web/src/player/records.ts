/** Reads the records in which the server sends pictures for watching; see `GET /api/items/{item}/watch`. */

/** What a stream brings. */
export type Brought =
  | { readonly kind: 'picture'; readonly no: number; readonly pts: bigint | null; readonly jpeg: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'problem'; readonly error: string; readonly hint: string }
  | { readonly kind: 'end' };

const LENGTH = 4;
/** Kind, number, whether there is a timestamp, timestamp. */
const BEFORE_JPEG = 1 + 4 + 1 + 8;
/** No picture of this server is larger; whoever says so does not speak its language. */
const LONGEST = 64 * 1024 * 1024;

/** Puts records together from pieces as they arrive. */
export class Records {
  #pieces: Uint8Array<ArrayBuffer>[] = [];
  #length = 0;

  /** Takes a piece and gives the records that it completes. Throws on what is none. */
  push(piece: Uint8Array<ArrayBuffer>): Brought[] {
    this.#pieces.push(piece);
    this.#length += piece.length;
    const records: Brought[] = [];
    for (let record = this.#next(); record; record = this.#next()) records.push(readRecord(record));
    return records;
  }

  #next(): Uint8Array<ArrayBuffer> | null {
    if (this.#length < LENGTH) return null;
    const head = this.#joined(LENGTH);
    const length = viewOf(head).getUint32(0, true);
    if (length < 1 || length > LONGEST) throw new Error(`a record of ${length} bytes`);
    if (this.#length < LENGTH + length) return null;
    const whole = this.#joined(LENGTH + length);
    const rest = whole.subarray(LENGTH + length);
    this.#pieces = rest.length > 0 ? [rest, ...this.#pieces.slice(1)] : this.#pieces.slice(1);
    this.#length -= LENGTH + length;
    return whole.subarray(LENGTH, LENGTH + length);
  }

  /** The first piece, made to hold `least` bytes. Pieces are joined only as far as that takes. */
  #joined(least: number): Uint8Array<ArrayBuffer> {
    let count = 0;
    let length = 0;
    while (length < least) length += this.#pieces[count++]?.length ?? least;
    if (count > 1) {
      const joined = new Uint8Array(length);
      let at = 0;
      for (const piece of this.#pieces.splice(0, count)) {
        joined.set(piece, at);
        at += piece.length;
      }
      this.#pieces.unshift(joined);
    }
    return this.#pieces[0] ?? new Uint8Array();
  }
}

function readRecord(record: Uint8Array<ArrayBuffer>): Brought {
  const view = viewOf(record);
  switch (view.getUint8(0)) {
    case 1:
      return {
        kind: 'picture',
        no: view.getUint32(1, true),
        pts: view.getUint8(5) === 1 ? view.getBigInt64(6, true) : null,
        jpeg: record.subarray(BEFORE_JPEG),
      };
    case 2: {
      const { error, hint } = JSON.parse(new TextDecoder().decode(record.subarray(1))) as { error: string; hint: string | null };
      return { kind: 'problem', error, hint: hint ?? '' };
    }
    case 3:
      return { kind: 'end' };
    default:
      throw new Error('a record of an unknown kind');
  }
}

function viewOf(bytes: Uint8Array<ArrayBuffer>): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
