/** Times and marks as text. */

/** `1:02:03.450`, or `02:03.450` below an hour; milliseconds are cut off, never rounded up. */
export function clock(seconds: number): string {
  const total = Math.floor(Math.max(seconds, 0) * 1000 + 1e-6);
  const pad = (value: number, width: number) => String(value).padStart(width, '0');
  const hours = Math.floor(total / 3_600_000);
  const rest = `${pad(Math.floor(total / 60_000) % 60, 2)}:${pad(Math.floor(total / 1000) % 60, 2)}.${pad(total % 1000, 3)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** `1/4×`, `2×`. */
export function speedText(speed: number): string {
  return speed < 1 ? `1/${Math.round(1 / speed)}×` : `${speed}×`;
}
