import { circle, ellipse, group, path, random, rect, round, stroke, times } from './draw.ts'

/** A mountain ridge or hill line from x = 0 to `width`, filled down to `floor`. `rough` is 0 (soft hills) to 1 (rock). */
export const ridge = (
  seed: number,
  width: number,
  floor: number,
  crest: number,
  amplitude: number,
  fill: string,
  rough = 0.3,
): string => {
  const next = random(seed)
  const phases = [next() * 6, next() * 6, next() * 6, next() * 6]
  const height = (x: number): number => {
    const t = (x / width) * Math.PI * 2
    const soft = Math.sin(t * 0.9 + phases[0]!) * 0.6 + Math.sin(t * 2.1 + phases[1]!) * 0.3
    const rock = Math.sin(t * 5.3 + phases[2]!) * 0.3 + Math.sin(t * 11.7 + phases[3]!) * 0.14
    return crest - amplitude * (soft + rock * rough)
  }
  const points = Array.from({ length: 65 }, (_, i) => (width / 64) * i)
  return path(
    `M0 ${floor} ${points.map((x) => `L${round(x)} ${round(height(x))}`).join(' ')} L${width} ${floor}Z`,
    fill,
  )
}

/** A volcano with a concave flank and a small crater; `x` is its axis. */
export const volcano = (
  x: number,
  floor: number,
  height: number,
  spread: number,
  fill: string,
  shade: string,
): string => {
  const top = floor - height
  const mouth = spread * 0.07
  const flank = (side: number): string => `${round(x + side * spread * 0.28)} ${round(top + height * 0.55)}`
  return (
    path(
      `M${x - spread} ${floor} Q${flank(-1)} ${x - mouth} ${top} L${x - mouth * 0.3} ${top + 7} L${x + mouth * 0.4} ${top + 3} L${x + mouth} ${top} Q${flank(1)} ${x + spread} ${floor}Z`,
      fill,
    ) +
    path(
      `M${x + mouth} ${top} Q${flank(1)} ${x + spread} ${floor} L${x + spread * 0.25} ${floor} Q${x + mouth * 2} ${top + height * 0.5} ${x + mouth * 0.4} ${top + 3}Z`,
      shade,
    )
  )
}

/** A coconut palm standing at (x, y). */
export const palm = (x: number, y: number, height: number, trunk: string, leaf: string, lean = 0): string => {
  const tx = x + lean
  const ty = y - height
  const r = height * 0.34
  const leaves = [-168, -140, -105, -72, -38, -10, 14, 166].map((angle) => {
    const a = (angle * Math.PI) / 180
    const ex = tx + Math.cos(a) * r
    const ey = ty + Math.sin(a) * r * 0.62 + r * 0.3
    const cx = tx + Math.cos(a) * r * 0.55
    const cy = ty + Math.sin(a) * r * 0.9 - r * 0.14
    return path(
      `M${round(tx)} ${round(ty)} Q${round(cx)} ${round(cy - r * 0.1)} ${round(ex)} ${round(ey)} Q${round(cx)} ${round(cy + r * 0.2)} ${round(tx)} ${round(ty)}Z`,
      leaf,
    )
  })
  return (
    stroke(
      `M${x} ${y} Q${round(x + lean * 0.2)} ${round(y - height * 0.5)} ${round(tx)} ${round(ty)}`,
      trunk,
      height * 0.035,
    ) + leaves.join('')
  )
}

/** A round-crowned tree, lit from the left. */
export const tree = (x: number, y: number, size: number, crown: string, shade: string, trunk: string): string =>
  rect(x - size * 0.05, y - size * 0.7, size * 0.1, size * 0.7, trunk) +
  ellipse(x, y - size * 0.95, size * 0.46, size * 0.5, shade) +
  ellipse(x - size * 0.08, y - size * 1, size * 0.38, size * 0.43, crown)

/** Flat-bottomed clouds. */
export const cloud = (x: number, y: number, size: number, fill: string, more = ''): string =>
  path(
    `M${x} ${y} h${size * 2.2} a${size * 0.36} ${size * 0.36} 0 0 0 -${size * 0.3} -${size * 0.7} a${size * 0.55} ${size * 0.55} 0 0 0 -${size} -${size * 0.22} a${size * 0.42} ${size * 0.42} 0 0 0 -${size * 0.72} ${size * 0.26} a${size * 0.34} ${size * 0.34} 0 0 0 -${size * 0.18} ${size * 0.66}Z`,
    fill,
    more,
  )

/** Water between `top` and `bottom`: one flat colour broken by glints that widen towards the viewer. */
export const water = (
  seed: number,
  width: number,
  top: number,
  bottom: number,
  fill: string,
  glint: string,
  axis: number,
): string => {
  const next = random(seed)
  const depth = bottom - top
  return (
    rect(0, top, width, depth, fill) +
    times(46, (i) => {
      const t = (i + 1) / 46
      const length = 12 + next() * 90 * t
      const x = axis + (next() - 0.5) * width * (0.08 + 0.34 * t) - length / 2
      return rect(
        round(x),
        round(top + depth * t * t),
        round(length),
        round(1 + 3 * t),
        glint,
        `opacity="${round(0.9 - t * 0.5)}" rx="2"`,
      )
    })
  )
}

/** Rice terraces: stacked contour bands from far (top) to near (bottom). */
export const terraces = (
  seed: number,
  width: number,
  top: number,
  bottom: number,
  colors: readonly string[],
  edge: string,
): string => {
  const next = random(seed)
  const bands = 11
  return times(bands, (i) => {
    const t = i / bands
    const y = top + (bottom - top) * t ** 1.35
    const swing = 10 + 46 * t
    const a = (next() - 0.5) * 2 * swing
    const b = (next() - 0.5) * 2 * swing
    const d = `M0 ${round(y + a)} C${width * 0.25} ${round(y - swing)} ${width * 0.42} ${round(y + swing + b)} ${width * 0.62} ${round(y + b * 0.4)} S${width * 0.86} ${round(y - swing * 0.8)} ${width} ${round(y - a)}`
    return (
      path(`${d} V${bottom + 90} H0Z`, colors[i % colors.length]!) +
      stroke(d, edge, round(1.2 + t * 3), 'opacity=".55"')
    )
  })
}

/** A phinisi schooner under sail on the water line `y`. */
export const phinisi = (x: number, y: number, scale: number, hull: string, sail: string, shade: string): string =>
  group(
    `translate(${x} ${y}) scale(${scale})`,
    path('M-78 -16 Q-30 -6 58 -14 L92 -26 Q72 8 44 10 H-54 Q-72 4 -78 -16Z', hull) +
      stroke('M-24 -14 V-128 M30 -14 V-112 M60 -18 L118 -44', hull, 3) +
      path('M-28 -122 Q-74 -76 -72 -24 Q-46 -30 -28 -26Z', sail) +
      path('M-20 -124 Q14 -84 22 -26 Q0 -32 -20 -28Z', shade) +
      path('M34 -108 Q62 -74 70 -26 Q50 -30 34 -26Z', sail) +
      path('M38 -108 L112 -42 Q84 -44 74 -36 Q62 -76 38 -108Z', shade),
  )

export const birds = (x: number, y: number, color: string): string =>
  [
    [0, 0, 1],
    [34, -14, 0.8],
    [62, 6, 0.7],
    [-30, -20, 0.6],
  ]
    .map(([dx, dy, s]) =>
      stroke(
        `M${x + dx! - 9 * s!} ${y + dy! - 3 * s!} q${5 * s!} ${-5 * s!} ${9 * s!} ${3 * s!} q${4 * s!} ${-8 * s!} ${9 * s!} ${-3 * s!}`,
        color,
        1.8,
      ),
    )
    .join('')

export const sun = (x: number, y: number, r: number, fill: string, glow: string): string =>
  circle(x, y, r * 2.2, glow, 'opacity=".18"') + circle(x, y, r * 1.5, glow, 'opacity=".28"') + circle(x, y, r, fill)
