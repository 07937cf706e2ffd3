import { circle, ellipse, fade, group, path, polygon, rect, round, stroke, svg, times } from './draw.ts'
import { cloud, palm, tree } from './landscape.ts'

/** The main building at dusk: colonial arcade below, tiled roofs above, the flag in front. */
export const campus = (): string => {
  const wall = '#F3E7D2'
  const shade = '#DCCBB0'
  const window = (x: number, y: number, lit: boolean): string =>
    rect(x, y, 34, 62, '#7A5A46') +
    rect(x + 3, y + 3, 28, 56, lit ? '#FBD58B' : '#54606E') +
    rect(x + 15.5, y + 3, 3, 56, '#7A5A46') +
    rect(x + 3, y + 28, 28, 3, '#7A5A46') +
    rect(x - 3, y + 62, 40, 5, shade)
  const wing = (x: number): string =>
    rect(x, 300, 290, 200, wall) +
    polygon(
      [
        [x - 20, 302],
        [x + 30, 236],
        [x + 260, 236],
        [x + 310, 302],
      ],
      '#A8472F',
    ) +
    times(12, (i) => stroke(`M${x + 36 + i * 20} 238 L${x - 4 + i * 27} 300`, '#8C3825', 1.3)) +
    rect(x - 20, 300, 330, 7, '#6E2B1D') +
    times(5, (i) => window(x + 18 + i * 55, 322, (i + x) % 3 !== 0)) +
    rect(x, 404, 290, 8, shade) +
    times(
      5,
      (i) =>
        path(`M${x + 12 + i * 55} 500 V440 a22 22 0 0 1 44 0 V500Z`, i % 2 ? '#EDB968' : '#D99F55') +
        rect(x + 6 + i * 55, 420, 7, 80, '#fff', 'opacity=".55"'),
    )
  const centre =
    rect(390, 250, 240, 250, '#F8EEDD') +
    polygon(
      [
        [370, 252],
        [510, 168],
        [650, 252],
      ],
      '#6B1B2C',
    ) +
    polygon(
      [
        [396, 244],
        [510, 178],
        [624, 244],
      ],
      '#F8EEDD',
    ) +
    circle(510, 222, 16, '#6B1B2C') +
    circle(510, 222, 11, '#E0B44A') +
    rect(476, 108, 68, 66, wall) +
    polygon(
      [
        [466, 110],
        [510, 58],
        [554, 110],
      ],
      '#A8472F',
    ) +
    rect(507, 34, 6, 28, '#E0B44A') +
    circle(510, 140, 19, '#fff') +
    circle(510, 140, 19, 'none', 'stroke="#6B1B2C" stroke-width="3"') +
    stroke('M510 140 V128 M510 140 L519 144', '#2B2022', 2.6) +
    rect(390, 262, 240, 26, '#6B1B2C') +
    `<text x="510" y="281" text-anchor="middle" font-family="Sans" font-size="15" font-weight="600" letter-spacing="5" fill="#F4DFAE">SMA CENDEKIA</text>` +
    times(
      6,
      (i) =>
        rect(398 + i * 42, 300, 14, 200, '#fff') +
        rect(394 + i * 42, 294, 22, 8, shade) +
        rect(394 + i * 42, 494, 22, 8, shade),
    ) +
    times(5, (i) => rect(414 + i * 42, 306, 24, 188, i === 2 ? '#FBD58B' : '#E3A95B', 'opacity=".9"')) +
    rect(496, 400, 28, 100, '#7B3B2A')
  return svg(
    1020,
    600,
    `<defs>${fade('evening', '#3C3A63', '#8A5B77', '#E79A72', '#F8CF98')}</defs>` +
      rect(0, 0, 1020, 600, 'url(#evening)') +
      cloud(110, 130, 44, '#C98389', 'opacity=".55"') +
      cloud(740, 96, 56, '#C98389', 'opacity=".5"') +
      times(18, (i) => circle((i * 173) % 1020, (i * 47) % 130, 1.3, '#fff', 'opacity=".7"')) +
      tree(60, 490, 250, '#3E5A4A', '#2F4A3E', '#3A2A26') +
      tree(968, 490, 270, '#3E5A4A', '#2F4A3E', '#3A2A26') +
      palm(330, 498, 330, '#4A352C', '#2F4A3E', -22) +
      palm(704, 498, 300, '#4A352C', '#35523F', 26) +
      wing(94) +
      wing(636) +
      centre +
      rect(0, 500, 1020, 100, '#7A8A5C') +
      polygon(
        [
          [440, 500],
          [580, 500],
          [700, 600],
          [320, 600],
        ],
        '#E8D3AE',
      ) +
      rect(380, 496, 260, 8, '#fff') +
      rect(366, 504, 288, 8, shade) +
      times(
        9,
        (i) =>
          ellipse(100 + i * 34, 504, 22, 14, i % 2 ? '#4F6B45' : '#5F7D50') +
          ellipse(648 + i * 34, 504, 22, 14, i % 2 ? '#4F6B45' : '#5F7D50'),
      ) +
      stroke('M250 560 V214', '#D8D3CC', 5) +
      rect(253, 218, 74, 24, '#D8322B') +
      rect(253, 242, 74, 24, '#fff') +
      rect(236, 556, 28, 10, '#fff') +
      [
        [430, 548, '#fff', '#7B8798'],
        [456, 554, '#fff', '#7B8798'],
        [610, 544, '#fff', '#7B8798'],
        [700, 566, '#6B1B2C', '#2B2022'],
      ]
        .map(([x, y, top, bottom]) => student(Number(x), Number(y), String(top), String(bottom)))
        .join(''),
  )
}

const student = (x: number, y: number, top: string, bottom: string): string =>
  circle(x, y - 52, 6, '#3A2622') +
  path(`M${x - 8} ${y - 42} q8 -6 16 0 l1 22 h-18Z`, top) +
  path(`M${x - 8} ${y - 20} h16 l1 12 h-18Z`, bottom) +
  stroke(`M${x - 4} ${y - 8} v10 M${x + 4} ${y - 8} v10`, '#8E5B40', 3.4)

/** Club life: an orbit, a gamelan, a robot arm, a debate. */
export const club = (kind: 'astronomi' | 'gamelan' | 'robotika' | 'debat'): string => {
  const pages = {
    astronomi:
      rect(0, 0, 300, 220, '#26233F') +
      [100, 74, 48]
        .map((r) =>
          ellipse(
            150,
            118,
            r * 1.3,
            r * 0.62,
            'none',
            'stroke="#E0B44A" stroke-width="1.3" opacity=".7" transform="rotate(-18 150 118)"',
          ),
        )
        .join('') +
      circle(150, 118, 22, '#F2C25B') +
      circle(256, 66, 10, '#C8596B') +
      circle(80, 160, 13, '#7FA3C9') +
      ellipse(80, 160, 22, 5, 'none', 'stroke="#DCE6F2" stroke-width="2" transform="rotate(-20 80 160)"') +
      circle(200, 150, 6, '#F3E7D2') +
      times(40, (i) => circle((i * 71) % 300, (i * 53) % 220, i % 5 === 0 ? 1.6 : 0.8, '#fff', 'opacity=".8"')),
    gamelan:
      rect(0, 0, 300, 220, '#F1D9A8') +
      rect(20, 60, 260, 14, '#6B1B2C') +
      rect(30, 60, 12, 140, '#6B1B2C') +
      rect(258, 60, 12, 140, '#6B1B2C') +
      path('M20 60 q-6 -30 20 -26 q6 10 -2 26Z M280 60 q6 -30 -20 -26 q-6 10 2 26Z', '#6B1B2C') +
      [
        [92, 128, 40],
        [196, 134, 50],
      ]
        .map(
          ([x, y, r]) =>
            stroke(
              `M${x! - 14} 74 L${x! - 10} ${y! - r! + 4} M${x! + 14} 74 L${x! + 10} ${y! - r! + 4}`,
              '#4A352C',
              2,
            ) +
            circle(x!, y!, r!, '#B8862F') +
            circle(x!, y!, r! * 0.8, '#D3A244') +
            circle(x!, y!, r! * 0.36, '#EBC468') +
            circle(x! - 3, y! - 4, r! * 0.16, '#fff', 'opacity=".5"'),
        )
        .join('') +
      rect(20, 198, 260, 10, '#4A1420') +
      times(6, (i) => ellipse(60 + i * 36, 196, 15, 10, '#C8963A') + circle(60 + i * 36, 188, 4, '#EBC468')),
    robotika:
      rect(0, 0, 300, 220, '#D5DDE3') +
      rect(0, 176, 300, 44, '#A9B5BF') +
      rect(76, 158, 70, 22, '#3B4653', 'rx="4"') +
      stroke('M110 160 L94 96 L168 58 L214 92', '#6B1B2C', 17) +
      [
        [110, 160],
        [94, 96],
        [168, 58],
        [214, 92],
      ]
        .map(([x, y]) => circle(x!, y!, 12, '#3B4653') + circle(x!, y!, 5, '#E0B44A'))
        .join('') +
      stroke('M214 100 V124 M202 124 h24 M202 124 v16 M226 124 v16', '#3B4653', 5) +
      rect(200, 142, 28, 34, '#E0B44A') +
      rect(234, 150, 26, 26, '#C8596B') +
      rect(30, 150, 26, 26, '#7FA3C9') +
      stroke('M200 159 h28', '#fff', 2),
    debat:
      rect(0, 0, 300, 220, '#E9DACB') +
      path(
        'M60 60 h110 a18 18 0 0 1 18 18 v34 a18 18 0 0 1 -18 18 h-64 l-26 24 v-24 h-20 a18 18 0 0 1 -18 -18 v-34 a18 18 0 0 1 18 -18Z',
        '#6B1B2C',
      ) +
      stroke('M66 84 H158 M66 104 H132', '#F4DFAE', 6) +
      path(
        'M150 104 h90 a16 16 0 0 1 16 16 v32 a16 16 0 0 1 -16 16 h-8 v22 l-26 -22 h-56 a16 16 0 0 1 -16 -16 v-32 a16 16 0 0 1 16 -16Z',
        '#E0B44A',
      ) +
      stroke('M156 126 H236 M156 146 H212', '#5B3C06', 6),
  }
  return svg(300, 220, pages[kind])
}

/** The school's crest. */
export const crest = (main: string, accent: string): string =>
  `<svg viewBox="0 0 60 70">${path('M4 4 H56 V38 C56 54 40 62 30 68 C20 62 4 54 4 38Z', main)}${path('M9 9 H51 V38 C51 50 38 57 30 62 C22 57 9 50 9 38Z', 'none', `stroke="${accent}" stroke-width="1.6"`)}${path('M14 40 q8 -5 16 0 q8 -5 16 0 V24 q-8 -5 -16 0 q-8 -5 -16 0Z', accent)}${stroke('M30 24 V40', main, 1.6)}${path(`M30 ${round(11)} l2 4 4 .4 -3 3 1 4.2 -4 -2.2 -4 2.2 1 -4.2 -3 -3 4 -.4Z`, accent)}${group('', stroke('M16 46 q14 8 28 0', accent, 1.6))}</svg>`
