import { circle, ellipse, fade, group, path, polygon, random, rect, round, stroke, svg, times } from './draw.ts'
import { cloud, ridge, sun, water } from './landscape.ts'

const crates = ['#C9542F', '#E2A32B', '#1F5B63', '#7B8C86', '#F0E3C4', '#93392A', '#2F7A78']

const crane = (x: number, y: number, scale: number, color: string, boom: number): string =>
  group(
    `translate(${x} ${y}) scale(${scale})`,
    stroke('M0 0 V-190 M70 0 V-190 M0 -60 H70 M0 -60 L70 -130 M70 -60 L0 -130 M0 -130 H70', color, 7) +
      rect(-8, -204, 86, 16, color) +
      stroke('M35 -204 V-262', color, 6) +
      stroke(`M${-boom} -196 H120 M35 -262 L${-boom + 20} -196 M35 -262 L116 -196`, color, 5) +
      rect(12, -190, 30, 22, color) +
      stroke(`M${-boom * 0.6} -196 V-120`, color, 2) +
      rect(-boom * 0.6 - 24, -120, 48, 20, '#E2A32B'),
  )

/** A container ship leaving the quay at first light. */
export const harbour = (): string => {
  const next = random(21)
  const stack = (x: number, y: number, columns: number, rows: readonly number[]): string =>
    times(columns, (i) =>
      times(rows[i % rows.length]!, (j) => {
        const c = crates[Math.floor(next() * crates.length)]!
        return (
          rect(x + i * 47, y - (j + 1) * 21, 45, 20, c) +
          rect(x + i * 47, y - (j + 1) * 21, 45, 3, '#fff', 'opacity=".16"') +
          times(5, (k) => rect(x + 5 + i * 47 + k * 8, y - (j + 1) * 21 + 4, 1.4, 14, '#000', 'opacity=".14"'))
        )
      }),
    )
  const ship =
    stack(120, 470, 10, [4, 5, 5, 4, 5, 6, 5, 4, 3, 2]) +
    rect(600, 330, 74, 140, '#F4EEDF') +
    rect(590, 352, 94, 12, '#F4EEDF') +
    times(4, (i) => times(4, (j) => rect(608 + j * 16, 374 + i * 23, 9, 10, '#24474C'))) +
    rect(594, 336, 84, 12, '#24474C') +
    rect(620, 292, 22, 40, '#C9542F') +
    rect(620, 300, 22, 7, '#F4EEDF') +
    stroke('M660 330 V276 M652 292 H668', '#3B4B4C', 3) +
    path('M52 452 L92 470 H716 L704 548 H122 Q84 528 52 452Z', '#16383D') +
    path('M96 528 Q106 544 122 548 H704 L707 530Z', '#B4462B') +
    rect(92, 468, 624, 6, '#E7DDC6') +
    group(
      'translate(150 512)',
      `<text font-family="Sans" font-weight="700" font-size="24" letter-spacing="5" fill="#E7DDC6">NIAGA NUSANTARA</text>`,
    )
  return svg(
    760,
    720,
    `<defs>${fade('dawn', '#A9C5C2', '#F2D6A0', '#F0A85E')}</defs>` +
      rect(0, 0, 760, 720, 'url(#dawn)') +
      sun(500, 330, 56, '#FBE7B4', '#FCE9C0') +
      cloud(70, 150, 50, '#F6E4C2', 'opacity=".7"') +
      cloud(560, 120, 36, '#F6E4C2', 'opacity=".6"') +
      cloud(330, 84, 28, '#F6E4C2', 'opacity=".5"') +
      ridge(9, 760, 480, 402, 46, '#8FA9A0', 0.4) +
      ridge(3, 760, 480, 440, 22, '#6E8F8A', 0.4) +
      crane(690, 470, 0.62, '#47686A', 130) +
      crane(30, 468, 0.5, '#587A79', 110) +
      water(12, 760, 478, 720, '#2C676B', '#F6CF8C', 480) +
      ellipse(390, 552, 350, 14, '#16383D', 'opacity=".55"') +
      ship +
      path('M40 556 Q200 540 380 556 T740 552 L760 566 Q560 580 380 568 T20 572Z', '#E9F0E6', 'opacity=".5"') +
      rect(0, 668, 760, 52, '#23474B') +
      times(20, (i) => rect(i * 40, 668, 20, 6, '#E2A32B')),
  )
}

type Spice = 'clove' | 'nutmeg' | 'pepper' | 'cinnamon' | 'turmeric' | 'vanilla'

const grain = (spice: Spice, x: number, y: number, angle: number, tone: number): string => {
  const turn = `transform="translate(${round(x)} ${round(y)}) rotate(${round(angle)})"`
  const pick = (colors: readonly string[]): string => colors[Math.floor(tone * colors.length)]!
  switch (spice) {
    case 'clove':
      return `<g ${turn}>${stroke('M0 0 V15', pick(['#5A2E1B', '#6E3A20', '#4A2416']), 4.4)}${circle(0, -2, 5, pick(['#7A4325', '#8B4E2C', '#693820']))}${stroke('M-4 0 L-6 -6 M4 0 L6 -6 M0 -4 V-9', '#4A2416', 2)}</g>`
    case 'nutmeg':
      return `<g ${turn}>${ellipse(0, 0, 15, 19, pick(['#9A6B42', '#8A5B36', '#AA7A4E']))}${stroke('M-6 -12 q5 12 -1 24 M4 -15 q6 14 2 29', '#6B4225', 1.6)}${ellipse(-4, -7, 4, 6, '#fff', 'opacity=".15"')}</g>`
    case 'pepper':
      return (
        circle(x, y, 6.4, pick(['#2D2622', '#3B312B', '#4C4038', '#221C19'])) +
        circle(x - 2, y - 2, 1.8, '#fff', 'opacity=".22"')
      )
    case 'cinnamon':
      return `<g ${turn}>${rect(-46, -7, 92, 14, pick(['#A5592E', '#B7683A', '#8F4A25']), 'rx="6"')}${rect(-46, -2, 92, 3, '#6B3216', 'opacity=".7"')}${circle(46, 0, 6, '#6B3216')}${circle(46, 0, 3, '#C98251')}</g>`
    case 'turmeric':
      return `<g ${turn}>${path('M-22 4 q2 -14 18 -10 q12 -8 20 2 q12 2 6 10 q-10 8 -20 4 q-16 8 -24 -6Z', pick(['#D98A1E', '#E39C2E', '#C6781A']))}${stroke('M-8 -4 q3 6 0 10 M6 -6 q3 6 0 12', '#A55F10', 1.4)}</g>`
    default:
      return `<g ${turn}>${stroke('M-48 6 q40 -18 96 -4', pick(['#2E1F18', '#3D2A20', '#4A3327']), 6)}</g>`
  }
}

/** A bowl of spice seen from above. */
export const bowl = (spice: Spice, cloth: string, ware: string, inside: string): string => {
  const next = random(spice.length * 17 + spice.charCodeAt(0))
  const count = { clove: 130, nutmeg: 46, pepper: 260, cinnamon: 34, turmeric: 60, vanilla: 60 }[spice]
  const grains = times(count, () => {
    const r = Math.sqrt(next()) * 92
    const a = next() * Math.PI * 2
    return grain(spice, 150 + r * Math.cos(a), 150 + r * Math.sin(a), next() * 360, next())
  })
  return svg(
    300,
    300,
    `<clipPath id="in-${spice}">${circle(150, 150, 100, '#000')}</clipPath>` +
      rect(0, 0, 300, 300, cloth) +
      ellipse(162, 166, 122, 118, '#000', 'opacity=".16"') +
      circle(150, 150, 118, ware) +
      circle(150, 150, 110, '#fff', 'opacity=".12"') +
      circle(150, 150, 102, inside) +
      group('', grains, `clip-path="url(#in-${spice})"`) +
      path('M150 48 A102 102 0 0 0 48 150 A112 112 0 0 1 150 48Z', '#000', 'opacity=".3"') +
      times(4, (i) => grain(spice, 30 + i * 78, i % 2 ? 286 : 22, i * 77, next())),
  )
}

/** Sea routes as arcs from one port; each call is [name, x, y]. View box 1120 × 380. */
export const routes = (
  line: string,
  text: string,
  accent: string,
  calls: readonly (readonly [string, number, number])[],
): string => {
  const [hx, hy] = [742, 262]
  return svg(
    1120,
    380,
    times(13, (i) => stroke(`M${i * 93} 0 V380`, line, 0.7, 'opacity=".35"')) +
      times(5, (i) => stroke(`M0 ${i * 95} H1120`, line, 0.7, 'opacity=".35"')) +
      calls
        .map(([name, x, y]) => {
          const lift = Math.abs(x - hx) * 0.12 + 14
          const end = x < hx ? 'end' : 'start'
          return (
            stroke(
              `M${hx} ${hy} Q${(x + hx) / 2} ${Math.min(y, hy) - lift} ${x} ${y}`,
              accent,
              1.8,
              'stroke-dasharray="1 6"',
            ) +
            circle(x, y, 5, accent) +
            circle(x, y, 10, 'none', `stroke="${accent}" opacity=".5"`) +
            `<text x="${x + (end === 'end' ? -18 : 18)}" y="${y + 5}" text-anchor="${end}" font-family="Sans" font-size="16" font-weight="600" fill="${text}">${name}</text>`
          )
        })
        .join('') +
      circle(hx, hy, 9, text) +
      circle(hx, hy, 18, 'none', `stroke="${text}" stroke-width="1.5"`) +
      `<text x="${hx}" y="${hy + 46}" text-anchor="middle" font-family="Sans" font-size="18" font-weight="700" fill="${text}">Semarang</text>`,
    'xMidYMid meet',
  )
}

/** Cloves drying on mats in a hillside yard. */
export const dryingYard = (): string =>
  svg(
    640,
    420,
    rect(0, 0, 640, 420, '#DCE6DA') +
      sun(520, 80, 34, '#F7E1A8', '#F7E1A8') +
      ridge(2, 640, 420, 170, 60, '#8FB0A0', 0.3) +
      ridge(8, 640, 420, 214, 36, '#5E8C76', 0.4) +
      rect(0, 240, 640, 180, '#D9C29A') +
      polygon(
        [
          [40, 240],
          [40, 178],
          [150, 140],
          [260, 178],
          [260, 240],
        ],
        '#F1E7CF',
      ) +
      polygon(
        [
          [22, 186],
          [150, 136],
          [278, 186],
          [150, 152],
        ],
        '#9C4A30',
      ) +
      rect(130, 196, 40, 44, '#5B4433') +
      rect(66, 196, 34, 24, '#5F8482') +
      rect(200, 196, 34, 24, '#5F8482') +
      times(3, (j) =>
        times(5, (i) => {
          const y = 262 + j * 50
          const w = 88 + j * 18
          const x = -20 + i * (w + 14) - j * 34
          return (
            polygon(
              [
                [x + 12, y],
                [x + w, y],
                [x + w - 12, y + 38],
                [x, y + 38],
              ],
              ['#7A4426', '#8A5230', '#6B3A20'][(i + j) % 3]!,
            ) +
            stroke(
              `M${x + 22} ${y + 8} h${w - 40} M${x + 18} ${y + 18} h${w - 40} M${x + 14} ${y + 28} h${w - 40}`,
              '#5A2F1A',
              1.4,
            )
          )
        }),
      ) +
      circle(420, 214, 12, '#8B5A3A') +
      path('M392 212 L420 194 L448 212Z', '#E6CF97') +
      path('M402 226 Q420 218 438 226 L442 290 H400Z', '#1F5B63') +
      stroke('M436 236 L486 300', '#8B5A3A', 7) +
      stroke('M470 250 L500 330', '#5B4433', 4) +
      rect(488, 326, 30, 8, '#5B4433'),
  )
