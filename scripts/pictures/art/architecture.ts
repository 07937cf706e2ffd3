import { circle, ellipse, fade, group, path, polygon, random, rect, round, stroke, svg, times } from './draw.ts'
import { block, onLeft, onRight, onTop } from './isometric.ts'
import { palm, ridge, tree } from './landscape.ts'

/** A figure standing at (x, y), for scale. */
const person = (x: number, y: number, height: number, fill: string): string =>
  circle(x, y - height * 0.9, height * 0.085, fill) +
  path(
    `M${x - height * 0.12} ${y - height * 0.74} q${height * 0.12} ${-height * 0.1} ${height * 0.24} 0 l${-height * 0.04} ${height * 0.38} l${-height * 0.01} ${height * 0.36} h${-height * 0.05} l${-height * 0.02} ${-height * 0.32} l${-height * 0.02} ${height * 0.32} h${-height * 0.05} l${-height * 0.01} ${-height * 0.36}Z`,
    fill,
  )

/** A house for the tropics in the last light: timber screens above, glass below, a long pool in front. */
export const tropicalHouse = (): string => {
  const next = random(7)
  const ink = '#2B2A28'
  const screens = times(74, (i) =>
    rect(404 + i * 6.2, 168, 3.6, 128, ['#B98A5E', '#A87A50', '#C79A6C', '#8F6743'][Math.floor(next() * 4)]!),
  )
  const glow = times(6, (i) => rect(338 + i * 98, 322, 94, 138, i % 2 === 0 ? '#F9D9A0' : '#F5CC88'))
  const mullions = times(7, (i) => rect(334 + i * 98, 318, 4, 144, ink))
  const interior =
    rect(360, 352, 46, 60, '#D9895B') +
    rect(366, 358, 34, 48, '#F3C9A2') +
    rect(446, 420, 120, 14, '#8C5A3A') +
    rect(452, 434, 5, 26, '#8C5A3A') +
    rect(556, 434, 5, 26, '#8C5A3A') +
    stroke('M506 322 V352', ink, 1.5) +
    path('M486 368 q20 -34 40 0Z', ink) +
    rect(650, 412, 128, 30, '#A65A3C') +
    rect(650, 392, 128, 24, '#B96A49') +
    rect(644, 404, 12, 50, '#A65A3C') +
    rect(772, 404, 12, 50, '#A65A3C') +
    rect(820, 336, 80, 90, '#E2A765') +
    times(
      4,
      (i) =>
        rect(826, 344 + i * 20, 68, 3, '#9C6A3F') +
        times(7, (j) =>
          rect(828 + j * 9, 330 + (i + 1) * 20 - 6, 6, 12, ['#7D3B2B', '#D98E5A', '#5D5A4E'][(i + j) % 3]!),
        ),
    )
  const house =
    rect(316, 310, 650, 152, '#3A3733') +
    glow +
    interior +
    mullions +
    rect(250, 296, 760, 20, '#D8D2C8') +
    rect(250, 312, 760, 5, '#A39C90') +
    rect(384, 150, 500, 148, '#4A4640') +
    screens +
    rect(384, 296, 500, 3, '#6B655C') +
    rect(884, 168, 70, 128, '#C9C2B6') +
    rect(900, 196, 36, 60, '#F7D596') +
    rect(917, 196, 2, 60, ink) +
    polygon(
      [
        [330, 150],
        [1006, 132],
        [1006, 142],
        [330, 164],
      ],
      '#E6E1D8',
    ) +
    polygon(
      [
        [330, 158],
        [1006, 142],
        [1006, 147],
        [330, 166],
      ],
      '#8F897F',
    ) +
    rect(256, 316, 10, 146, '#6E675E') +
    rect(294, 316, 10, 146, '#857E74') +
    rect(966, 316, 8, 146, '#6E675E')
  const roster = times(7, (i) =>
    times(9, (j) => circle(222 - j * 13, 336 + i * 20, 5, i % 2 === j % 2 ? '#B5AEA2' : '#9B9489')),
  )
  const pool =
    rect(0, 470, 1060, 150, '#B9AFA1') +
    rect(120, 492, 860, 84, '#5B7F86') +
    rect(120, 492, 860, 6, '#DDD6CB') +
    times(6, (i) => rect(338 + i * 98, 498, 90, 70, '#F4CE90', 'opacity=".5"')) +
    rect(384, 560, 500, 16, '#7A5B43', 'opacity=".5"') +
    times(40, () =>
      rect(
        round(130 + next() * 830),
        round(502 + next() * 70),
        round(20 + next() * 70),
        1.6,
        '#DDEBEA',
        'opacity=".45"',
      ),
    )
  return svg(
    1060,
    620,
    `<defs>${fade('dusk', '#C9CFCE', '#E9D9C4', '#F3C9A0')}</defs>` +
      rect(0, 0, 1060, 620, 'url(#dusk)') +
      ridge(11, 1060, 480, 300, 70, '#B9BFB8', 0.2) +
      ridge(5, 1060, 480, 372, 40, '#8F9B8C', 0.4) +
      tree(120, 470, 190, '#5F7256', '#4B5D46', '#4A4038') +
      tree(1030, 470, 260, '#627757', '#4B5D46', '#4A4038') +
      rect(0, 462, 1060, 12, '#8A8276') +
      rect(104, 322, 140, 140, '#C4BDB1') +
      roster +
      house +
      palm(196, 468, 300, '#5B4C3D', '#3F5741', -34) +
      palm(1000, 468, 250, '#5B4C3D', '#46604A', 26) +
      pool +
      person(300, 470, 62, ink) +
      person(322, 470, 54, '#5A4A41') +
      times(16, (i) => ellipse(20 + i * 9, 474 - (i % 3) * 5, 14, 12, i % 2 ? '#4F6549' : '#5F7857')) +
      times(10, (i) => ellipse(990 + i * 9, 476 - (i % 2) * 6, 14, 12, i % 2 ? '#4F6549' : '#5F7857')),
  )
}

/** An apartment tower of shifted floors, in axonometry. */
export const stackedTower = (
  ground: string,
  wall: string,
  shadeLeft: string,
  shadeRight: string,
  glass: string,
): string => {
  const floors = times(9, (i) => {
    const dx = [0, 12, -8, 6, 0, -12, 10, -4, 0][i]!
    const z = i * 40
    const base = block(dx, dx * 0.4, z, 150, 120, 32, { top: wall, left: shadeLeft, right: shadeRight })
    const panes = times(6, (j) =>
      onLeft(dx + 8 + j * 23.5, dx * 0.4 + 120, z + 5, 17, 22, (i * 5 + j * 3) % 7 === 0 ? '#F2C27D' : glass),
    )
    const side = times(5, (j) =>
      onRight(dx + 150, dx * 0.4 + 6 + j * 22.8, z + 5, 16, 22, (i * 3 + j * 4) % 6 === 0 ? '#E9B36B' : glass),
    )
    const green =
      i > 0 && i % 2 === 0
        ? times(4, (j) =>
            group(
              '',
              ellipse((dx + 20 + j * 30 - 124) * 0.866, (dx + 20 + j * 30 + 124) * 0.5 - z - 3, 12, 9, '#66805F'),
            ),
          )
        : ''
    return (
      base +
      panes +
      side +
      green +
      block(dx - 4, dx * 0.4 - 4, z + 32, 158, 128, 6, { top: wall, left: '#C9C3B8', right: '#AFA89C' })
    )
  })
  return svg(
    420,
    560,
    rect(0, 0, 420, 560, ground) +
      group(
        'translate(196 415) scale(.97)',
        onTop(-70, -70, 0, 300, 280, '#CFC8BC') + onTop(150, 0, 0.5, 90, 200, '#A8A094') + floors,
      ),
  )
}

/** Breeze blocks with the sun across them. */
export const rosterWall = (block1: string, shadow: string, light: string): string => {
  const cell = (x: number, y: number): string =>
    rect(x, y, 58, 58, block1) +
    circle(x + 29, y + 29, 24, shadow) +
    path(`M${x + 29} ${y + 5} a24 24 0 0 0 -24 24 L${x + 13} ${y + 29} a16 16 0 0 1 16 -16Z`, light) +
    circle(x + 32, y + 33, 15, '#1F2A2A', 'opacity=".82"') +
    path(`M${x + 29} ${y + 5} V${y + 53} M${x + 5} ${y + 29} H${x + 53}`, 'none', `stroke="${block1}" stroke-width="7"`)
  return svg(
    420,
    420,
    rect(0, 0, 420, 420, shadow) +
      times(7, (i) => times(7, (j) => cell(2 + i * 60, 2 + j * 60))) +
      polygon(
        [
          [0, 0],
          [250, 0],
          [0, 330],
        ],
        '#fff',
        'opacity=".16"',
      ) +
      polygon(
        [
          [420, 150],
          [420, 420],
          [190, 420],
        ],
        '#000',
        'opacity=".16"',
      ),
  )
}

/** A pavilion with a tiered Javanese roof, seen from the front. */
export const pavilion = (sky: string, roof: string, roofShade: string, timber: string, ground: string): string =>
  svg(
    640,
    420,
    rect(0, 0, 640, 420, sky) +
      circle(500, 110, 44, '#F6E3C2') +
      ridge(4, 640, 350, 260, 40, '#A9B3A2', 0.3) +
      palm(74, 350, 210, '#4E463D', '#5F7257', 16) +
      palm(590, 350, 170, '#4E463D', '#6A7E61', -14) +
      polygon(
        [
          [270, 92],
          [370, 92],
          [418, 176],
          [222, 176],
        ],
        roof,
      ) +
      polygon(
        [
          [320, 92],
          [370, 92],
          [418, 176],
          [320, 176],
        ],
        roofShade,
      ) +
      polygon(
        [
          [222, 176],
          [418, 176],
          [556, 238],
          [84, 238],
        ],
        roof,
      ) +
      polygon(
        [
          [320, 176],
          [418, 176],
          [556, 238],
          [320, 238],
        ],
        roofShade,
      ) +
      rect(84, 236, 472, 7, timber) +
      times(9, (i) => stroke(`M${232 + i * 22} 176 L${100 + i * 55} 236`, 'rgba(0,0,0,.13)', 1.4)) +
      times(8, (i) => rect(110 + i * 59, 243, 8, 108, timber)) +
      rect(228, 262, 184, 88, '#F2CE8F') +
      times(8, (i) => rect(228 + i * 26, 262, 3, 88, timber)) +
      rect(228, 262, 184, 4, timber) +
      rect(66, 350, 508, 10, '#D9D2C6') +
      rect(40, 360, 560, 12, '#C3BBAD') +
      rect(0, 372, 640, 48, ground) +
      person(176, 350, 58, '#33302C') +
      person(466, 350, 54, '#33302C') +
      person(484, 350, 40, '#6B4B3B'),
  )

/** The plan of a courtyard house, drawn as a plan is drawn. */
export const floorPlan = (paper: string, ink: string, accent: string): string => {
  const wall = (d: string): string =>
    `<path d="${d}" fill="none" stroke="${ink}" stroke-width="6" stroke-linecap="butt"/>`
  const thin = (d: string): string => stroke(d, ink, 1.1)
  return svg(
    520,
    420,
    rect(0, 0, 520, 420, paper) +
      times(
        14,
        (i) =>
          stroke(`M${i * 40} 0 V420`, ink, 0.3, 'opacity=".25"') +
          stroke(`M0 ${i * 40} H520`, ink, 0.3, 'opacity=".25"'),
      ) +
      rect(200, 160, 120, 100, accent, 'opacity=".16"') +
      circle(260, 210, 34, 'none', `stroke="${accent}" stroke-width="1.4"`) +
      times(12, (i) => {
        const a = (i * Math.PI) / 6
        return stroke(`M260 210 L${round(260 + 34 * Math.cos(a))} ${round(210 + 34 * Math.sin(a))}`, accent, 0.9)
      }) +
      wall(
        'M77 80 H320 M360 80 H443 V200 M443 240 V343 H250 M210 343 H77 V250 M77 210 V80 M200 80 V130 M200 290 V340 M320 290 V340 M320 80 V130 M80 260 H150 M370 260 H440 M80 160 H130 M175 160 H200',
      ) +
      thin(
        'M200 160 H320 V260 H200Z M320 80 a40 40 0 0 1 40 -40 V80 M443 200 a40 40 0 0 1 40 40 H443 M250 343 a40 40 0 0 1 -40 40 V343 M77 250 a40 40 0 0 1 -40 -40 H77',
      ) +
      thin(
        'M98 96 H150 V140 H98Z M98 96 H150 V108 H98Z M340 100 H420 V140 H340Z M352 150 a8 8 0 1 0 16 0 M392 150 a8 8 0 1 0 16 0 M96 290 H170 V325 H96Z M345 285 H425 M345 297 H425 M345 309 H425 M345 321 H425',
      ) +
      thin('M77 40 H443 M77 34 V46 M200 34 V46 M320 34 V46 M443 34 V46 M490 80 V343 M484 80 H496 M484 343 H496') +
      group(
        'translate(482 384)',
        circle(0, 0, 14, 'none', `stroke="${ink}" stroke-width="1.1"`) +
          polygon(
            [
              [0, -14],
              [5, 6],
              [0, 2],
              [-5, 6],
            ],
            ink,
          ),
      ),
  )
}
