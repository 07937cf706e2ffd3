/** Indonesian textile motifs as SVG patterns; fill a shape with `url(#id)` to use one. Sizes in user units. */
import { circle, ellipse, polygon, rect, stroke, times } from './draw.ts'

const pattern = (id: string, width: number, height: number, inner: string, transform = ''): string =>
  `<pattern id="${id}" width="${width}" height="${height}" patternUnits="userSpaceOnUse" patternTransform="${transform}">${inner}</pattern>`

/** Four petals meeting at a point, after the sugar palm fruit. */
export const kawung = (id: string, size: number, ground: string, petal: string, seed: string): string => {
  const s = size / 40
  const leaf = (angle: number): string =>
    `<g transform="translate(20 20) rotate(${angle})">${ellipse(0, -13, 6.4, 11, petal)}${ellipse(0, -13, 1.6, 4, seed)}</g>`
  return pattern(
    id,
    40,
    40,
    rect(0, 0, 40, 40, ground) +
      [45, 135, 225, 315].map(leaf).join('') +
      circle(20, 20, 1.6, seed) +
      circle(0, 0, 1.6, petal) +
      circle(40, 0, 1.6, petal) +
      circle(0, 40, 1.6, petal) +
      circle(40, 40, 1.6, petal),
    `scale(${s})`,
  )
}

/** Rows of lozenges in the manner of the weavers of Sumba and Toraja. */
export const ikat = (id: string, size: number, ground: string, colors: readonly [string, string, string]): string => {
  const lozenge = (x: number, y: number, r: number, fill: string): string =>
    polygon(
      [
        [x, y - r],
        [x + r, y],
        [x, y + r],
        [x - r, y],
      ],
      fill,
    )
  return pattern(
    id,
    60,
    96,
    rect(0, 0, 60, 96, ground) +
      lozenge(30, 34, 28, colors[0]) +
      lozenge(30, 34, 20, ground) +
      lozenge(30, 34, 14, colors[1]) +
      lozenge(30, 34, 6, colors[2]) +
      lozenge(0, 34, 8, colors[2]) +
      lozenge(60, 34, 8, colors[2]) +
      rect(0, 68, 60, 3, colors[1]) +
      rect(0, 90, 60, 3, colors[1]) +
      times(6, (i) =>
        polygon(
          [
            [i * 10, 86],
            [i * 10 + 5, 75],
            [i * 10 + 10, 86],
          ],
          colors[i % 2 === 0 ? 0 : 2],
        ),
      ),
    `scale(${size / 60})`,
  )
}

/** Eight-pointed stars and crosses, drawn as strapwork. */
export const girih = (id: string, size: number, ground: string, line: string, weight = 1.4): string => {
  const star =
    'M30 8 L35 18 L45.5 14.5 L42 25 L52 30 L42 35 L45.5 45.5 L35 42 L30 52 L25 42 L14.5 45.5 L18 35 L8 30 L18 25 L14.5 14.5 L25 18Z'
  const links =
    'M30 0 V8 M30 52 V60 M0 30 H8 M52 30 H60 M0 0 L14.5 14.5 M60 0 L45.5 14.5 M0 60 L14.5 45.5 M60 60 L45.5 45.5 M0 14 L14 0 M46 0 L60 14 M0 46 L14 60 M46 60 L60 46'
  return pattern(
    id,
    60,
    60,
    rect(0, 0, 60, 60, ground) +
      stroke(star, line, weight) +
      stroke(links, line, weight) +
      circle(30, 30, 4, 'none', `stroke="${line}" stroke-width="${weight}"`),
    `scale(${size / 60})`,
  )
}
