/** Coasts and borders as lines of the map, read when the map is opened and not before. */

import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import world from 'world-atlas/countries-50m.json?url';
import { projected } from './atlas.ts';

type World = Topology<{ countries: GeometryCollection; land: GeometryCollection }>;

export interface BaseMap {
  readonly land: Path2D;
  readonly borders: Path2D;
}

let read: Promise<BaseMap> | null = null;

/** The base map, in the square of side 1 of `atlas.ts`. */
export function baseMap(): Promise<BaseMap> {
  read ??= fetch(world).then(async (answer) => {
    if (!answer.ok) throw new Error(answer.statusText);
    return drawn((await answer.json()) as World);
  });
  read.catch(() => (read = null));
  return read;
}

function drawn(topology: World): BaseMap {
  const [land, borders] = [new Path2D(), new Path2D()];
  for (const { geometry } of feature(topology, topology.objects.land).features) {
    const polygons = geometry.type === 'MultiPolygon' ? geometry.coordinates : geometry.type === 'Polygon' ? [geometry.coordinates] : [];
    for (const ring of polygons.flat()) along(land, ring, true);
  }
  // Lines that two countries share; coasts are those of the land.
  const { coordinates } = mesh(topology, topology.objects.countries, (one, other) => one !== other);
  for (const line of coordinates) along(borders, line, false);
  return { land, borders };
}

/** South of this the world is cut open along a meridian, not crossed. */
const CUT = -85;

/** Lines that cross 180° go on beyond the edge, so that none runs back across the whole map. */
function along(path: Path2D, line: readonly (readonly number[])[], closed: boolean): void {
  let [turned, before] = [0, line[0]?.[0] ?? 0];
  line.forEach(([east = 0, north = 0], index) => {
    if (Math.abs(east - before) > 180 && north > CUT) turned += east < before ? 360 : -360;
    before = east;
    const [x, y] = projected(north, east + turned);
    if (index === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  });
  if (closed) path.closePath();
}
