import { polygon } from './draw.ts'

type Point = readonly [number, number]

/** Projects (x to the lower right, y to the lower left, z up) onto the page, one unit being one user unit. */
const project = (x: number, y: number, z: number): Point => [(x - y) * 0.866, (x + y) * 0.5 - z]

type Faces = { readonly top: string; readonly left: string; readonly right: string }

/** A block with its near lower corner away from the origin: spans x..x+w, y..y+d, z..z+h. */
export const block = (x: number, y: number, z: number, w: number, d: number, h: number, faces: Faces): string =>
  polygon(
    [project(x, y, z + h), project(x + w, y, z + h), project(x + w, y + d, z + h), project(x, y + d, z + h)],
    faces.top,
  ) +
  polygon(
    [project(x, y + d, z + h), project(x + w, y + d, z + h), project(x + w, y + d, z), project(x, y + d, z)],
    faces.left,
  ) +
  polygon(
    [project(x + w, y, z + h), project(x + w, y + d, z + h), project(x + w, y + d, z), project(x + w, y, z)],
    faces.right,
  )

/** A panel lying on the left (front, y = const) face. */
export const onLeft = (x: number, y: number, z: number, w: number, h: number, fill: string): string =>
  polygon([project(x, y, z + h), project(x + w, y, z + h), project(x + w, y, z), project(x, y, z)], fill)

/** A panel lying on the right (x = const) face. */
export const onRight = (x: number, y: number, z: number, d: number, h: number, fill: string): string =>
  polygon([project(x, y, z + h), project(x, y + d, z + h), project(x, y + d, z), project(x, y, z)], fill)

/** A panel lying flat at height z. */
export const onTop = (x: number, y: number, z: number, w: number, d: number, fill: string): string =>
  polygon([project(x, y, z), project(x + w, y, z), project(x + w, y + d, z), project(x, y + d, z)], fill)
