/** Files that are sent as they are, however large. */

import { stated } from './as-of.ts';
import { Problem, refusal } from './client.ts';

/** Who follows what goes out: `progress` hears how many bytes did, and an aborted `signal` stops it. */
export interface Following {
  progress: (bytes: number) => void;
  signal: AbortSignal;
}

/** Posts `body` as it is, with what was told beside it, and gives the answer. Only this kind of request tells how much went out. */
export function sendOut<T>(
  address: string,
  told: Readonly<Record<string, string | null>>,
  body: Blob,
  headers: Readonly<Record<string, string>>,
  { progress, signal }: Following,
): Promise<T> {
  const query = new URLSearchParams(Object.entries(told).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])));
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    const cancel = () => request.abort();
    request.open('POST', stated(query.size > 0 ? `${address}?${query}` : address));
    for (const [name, value] of Object.entries({ 'content-type': 'application/octet-stream', 'x-framewitness': '1', ...headers }))
      request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => progress(loaded);
    request.onload = () => {
      const { status, statusText, responseText } = request;
      if (status >= 200 && status < 300) done(JSON.parse(responseText) as T);
      else fail(refusal(status, statusText, responseText));
    };
    request.onerror = () => fail(new Problem(0, '', ''));
    request.onabort = () => fail(new DOMException('', 'AbortError'));
    request.onloadend = () => signal.removeEventListener('abort', cancel);
    signal.addEventListener('abort', cancel);
    request.send(body);
  });
}
