import { girih } from './batik.ts'
import { circle, ellipse, fade, group, path, polygon, random, rect, round, stroke, svg, times } from './draw.ts'
import { birds, palm, ridge } from './landscape.ts'

const pointed = (x: number, y: number, w: number, h: number): string =>
  `M${x} ${y} V${y - h + w * 0.62} Q${x} ${y - h + w * 0.18} ${x + w / 2} ${y - h} Q${x + w} ${y - h + w * 0.18} ${x + w} ${y - h + w * 0.62} V${y}Z`

const minaret = (x: number, y: number, wall: string, dome: string): string =>
  rect(x - 12, y - 250, 24, 250, wall) +
  rect(x + 2, y - 250, 10, 250, '#000', 'opacity=".08"') +
  rect(x - 19, y - 176, 38, 9, '#D9BE83') +
  rect(x - 19, y - 254, 38, 9, '#D9BE83') +
  rect(x - 9, y - 290, 18, 38, wall) +
  path(`M${x - 4} ${y - 284} h8 v30 h-8Z`, '#1C4A3C') +
  path(
    `M${x - 14} ${y - 288} Q${x - 16} ${y - 312} ${x} ${y - 332} Q${x + 16} ${y - 312} ${x + 14} ${y - 288}Z`,
    dome,
  ) +
  stroke(`M${x} ${y - 332} V${y - 350}`, '#D9BE83', 3) +
  times(4, (i) => path(pointed(x - 5, y - 130 + i * 34, 10, 20), '#C9B48C'))

/** The mosque of the pesantren at dawn, students on their way. Drawn to stand inside an arch. */
export const dawnMosque = (): string => {
  const wall = '#F7EFDD'
  const dome = '#12664C'
  const santri = (x: number, y: number, s: number, robe: string, sarong: string): string =>
    group(
      `translate(${x} ${y}) scale(${s})`,
      circle(0, -54, 7, '#B98259') +
        path('M-7 -57 L-6 -65 Q0 -68 6 -65 L7 -57Z', '#1D1B1B') +
        path('M-10 -44 Q0 -50 10 -44 L12 -20 H-12Z', robe) +
        path('M-12 -22 H12 L10 0 H-10Z', sarong) +
        stroke('M-5 1 v4 M5 1 v4', '#B98259', 4) +
        rect(8, -34, 10, 13, '#8A3B2B'),
    )
  return svg(
    480,
    640,
    `<defs>${fade('fajr', '#1E4E5E', '#4E8C8A', '#F0C487', '#F9E2B4')}</defs>` +
      rect(0, 0, 480, 640, 'url(#fajr)') +
      stars(22) +
      path('M164 92 a30 30 0 1 0 24 44 a24 24 0 1 1 -24 -44Z', '#F9E9C4') +
      circle(240, 420, 120, '#FBEBC3', 'opacity=".5"') +
      birds(340, 230, '#1C4A3C') +
      ridge(3, 480, 640, 400, 50, '#7FA394', 0.2) +
      ridge(9, 480, 640, 446, 30, '#5B8A76', 0.3) +
      palm(50, 506, 190, '#3B4A3C', '#2C6650', 12) +
      palm(436, 506, 210, '#3B4A3C', '#2C6650', -14) +
      minaret(92, 506, wall, dome) +
      minaret(388, 506, wall, dome) +
      path('M152 340 Q138 262 188 224 Q226 198 240 166 Q254 198 292 224 Q342 262 328 340Z', dome) +
      path('M240 166 Q254 198 292 224 Q342 262 328 340 H268 Q296 250 240 166Z', '#0C513C') +
      stroke('M240 166 V138', '#D9BE83', 4) +
      path('M238 114 a11 11 0 1 0 12 12 a9 9 0 1 1 -12 -12Z', '#E5C982') +
      rect(146, 336, 188, 22, '#D9BE83') +
      times(9, (i) => path(pointed(154 + i * 20, 356, 12, 17), '#12664C')) +
      rect(112, 356, 256, 150, wall) +
      rect(300, 356, 68, 150, '#000', 'opacity=".06"') +
      rect(104, 352, 272, 8, '#D9BE83') +
      path(pointed(198, 506, 84, 128), '#D9BE83') +
      path(pointed(207, 506, 66, 112), '#154C3B') +
      path(pointed(216, 506, 48, 92), '#F6CE7F') +
      [126, 160, 292, 326]
        .map((x) => path(pointed(x, 470, 26, 74), '#D9BE83') + path(pointed(x + 4, 470, 18, 62), '#F3C97E'))
        .join('') +
      rect(60, 506, 360, 10, '#E9DDC2') +
      rect(40, 516, 400, 10, '#D8C8A6') +
      rect(0, 526, 480, 114, '#C7B78F') +
      polygon(
        [
          [200, 526],
          [280, 526],
          [390, 640],
          [90, 640],
        ],
        '#EADCB8',
      ) +
      times(7, (i) => ellipse(16 + i * 12, 530, 14, 10, '#3F7A61') + ellipse(392 + i * 14, 530, 14, 10, '#3F7A61')) +
      santri(222, 600, 1.25, '#fff', '#12664C') +
      santri(262, 574, 1, '#F4EAD2', '#6B4A2B') +
      santri(176, 566, 0.95, '#fff', '#2F4E7A') +
      santri(312, 612, 1.3, '#E9DDC2', '#8A3B2B'),
  )
}

const stars = (count: number): string => {
  const next = random(31)
  return times(count, () =>
    circle(round(next() * 480), round(next() * 200), round(0.8 + next()), '#fff', 'opacity=".8"'),
  )
}

/** The day as the sun's arc; each stop is [time, name]. View box 1120 × 424. */
export const dayArc = (
  stops: readonly (readonly [string, string])[],
  ink: string,
  line: string,
  accent: string,
): string => {
  const at = (i: number): readonly [number, number] => {
    const a = Math.PI - (Math.PI / (stops.length - 1)) * i
    return [round(560 + 480 * Math.cos(a)), round(350 - 270 * Math.sin(a))]
  }
  return svg(
    1120,
    424,
    path('M80 350 A480 270 0 0 1 1040 350', 'none', `stroke="${line}" stroke-width="1.6"`) +
      stroke('M20 350 H1100', line, 1.6) +
      path('M486 350 a74 74 0 0 1 148 0Z', accent) +
      times(9, (i) => {
        const a = Math.PI - (Math.PI / 8) * i
        return stroke(
          `M${round(560 + 90 * Math.cos(a))} ${round(350 - 90 * Math.sin(a))} L${round(560 + 112 * Math.cos(a))} ${round(350 - 112 * Math.sin(a))}`,
          accent,
          3,
        )
      }) +
      stops
        .map(([time, name], i) => {
          const [x, y] = at(i)
          const end = i === 0 || i === stops.length - 1
          const tx = x + (end ? 0 : round((x - 560) * 0.12))
          const ty = end ? y + 40 : y - 46
          return (
            circle(x, y, 8, accent) +
            circle(x, y, 15, 'none', `stroke="${accent}" stroke-width="1.3"`) +
            `<text x="${tx}" y="${ty}" text-anchor="middle" font-family="Sans" font-size="22" font-weight="600" fill="${ink}">${time}</text><text x="${tx}" y="${ty + 20}" text-anchor="middle" font-family="Sans" font-size="14.5" fill="${ink}" opacity=".85">${name}</text>`
          )
        })
        .join(''),
    'xMidYMid meet',
  )
}

/** Subjects of study, each in its niche. */
export const niche = (kind: 'quran' | 'kitab' | 'tani' | 'kaligrafi', ground: string, line: string): string => {
  const pages = {
    quran:
      path('M40 172 Q72 150 110 168 Q148 150 180 172 V116 Q148 96 110 114 Q72 96 40 116Z', '#FBF5E6') +
      stroke(
        'M110 114 V168 M54 128 Q80 116 100 126 M54 142 Q80 130 100 140 M120 126 Q142 116 166 128 M120 140 Q142 130 166 142',
        '#12664C',
        2.4,
      ) +
      polygon(
        [
          [50, 236],
          [150, 176],
          [170, 176],
          [70, 236],
        ],
        '#8A5A2B',
      ) +
      polygon(
        [
          [170, 236],
          [70, 176],
          [50, 176],
          [150, 236],
        ],
        '#A5702F',
      ),
    kitab:
      [
        ['#8A3B2B', 206],
        ['#12664C', 180],
        ['#D9A441', 154],
        ['#2F4E7A', 128],
      ]
        .map(
          ([c, y], i) =>
            rect(52 + i * 6, Number(y), 118 - i * 4, 24, String(c), 'rx="3"') +
            rect(160 + i * 2, Number(y) + 4, 10, 16, '#FBF5E6') +
            rect(66 + i * 6, Number(y) + 8, 40, 3, '#F3E2B4'),
        )
        .join('') +
      rect(104, 84, 10, 44, '#FBF5E6') +
      path('M109 58 q12 16 0 26 q-12 -10 0 -26Z', '#F2B84B'),
    tani:
      path('M30 236 Q110 196 190 236Z', '#8A5A2B') +
      times(
        5,
        (i) =>
          stroke(`M${58 + i * 26} ${222 - (i === 2 ? 8 : i % 2 ? 5 : 0)} v-${70 + (i % 2) * 22}`, '#3F7A3F', 3.4) +
          [0, 1, 2]
            .map(
              (j) =>
                path(`M${58 + i * 26} ${198 - j * 22} q-16 -6 -20 -22 q18 2 20 22Z`, '#57A05A') +
                path(`M${58 + i * 26} ${190 - j * 22} q16 -6 20 -22 q-18 2 -20 22Z`, '#78B86A'),
            )
            .join(''),
      ) +
      circle(160, 92, 20, '#F2B84B'),
    kaligrafi:
      circle(100, 168, 62, '#8A5A2B') +
      circle(100, 168, 54, '#FBF5E6') +
      circle(92, 160, 34, '#F1E2C6') +
      times(
        6,
        (i) =>
          `<g transform="rotate(${i * 60 + 30} 100 168)">${ellipse(100, 110, 9, 4, '#D9A441')}${rect(97, 106, 6, 8, line)}</g>`,
      ) +
      polygon(
        [
          [140, 246],
          [188, 120],
          [198, 124],
          [152, 250],
        ],
        '#C08A4A',
      ) +
      polygon(
        [
          [140, 246],
          [152, 250],
          [140, 262],
        ],
        line,
      ) +
      circle(118, 182, 7, line) +
      circle(86, 190, 4, line),
  }
  return svg(
    220,
    270,
    `<clipPath id="niche-${kind}">${path(pointed(10, 262, 200, 254), '#000')}</clipPath><defs>${girih(`star-${kind}`, 44, ground, line, 0.7)}</defs>` +
      group(
        '',
        path(pointed(10, 262, 200, 254), ground) +
          rect(0, 0, 220, 270, `url(#star-${kind})`, 'opacity=".35"') +
          pages[kind],
        `clip-path="url(#niche-${kind})"`,
      ) +
      path(pointed(10, 262, 200, 254), 'none', `stroke="${line}" stroke-width="2.4"`),
    'xMidYMid meet',
  )
}
