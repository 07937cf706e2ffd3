/** Scenes for the news: each fills a 3:2 frame of 600 × 400. */
import { circle, ellipse, fade, group, path, polygon, random, rect, round, stroke, svg, times } from './draw.ts'
import { birds, cloud, palm, phinisi, ridge, sun, terraces, water } from './landscape.ts'
import { drawPortrait, type Look } from './portrait.ts'

const frame = (inner: string): string => svg(600, 400, inner)

export const bayAtSunset = (): string =>
  frame(
    `<defs>${fade('bay', '#3D4A7A', '#B0627A', '#F08C5A', '#FBC878')}</defs>` +
      rect(0, 0, 600, 400, 'url(#bay)') +
      sun(330, 232, 44, '#FFE3A0', '#FFD98A') +
      cloud(40, 96, 40, '#D9808A', 'opacity=".6"') +
      cloud(420, 70, 46, '#D9808A', 'opacity=".5"') +
      ridge(6, 600, 260, 244, 12, '#6B4668', 0.5) +
      water(4, 600, 254, 400, '#54446E', '#FBC878', 330) +
      group(
        'translate(92 258)',
        path('M-50 0 V-34 Q-50 -74 -14 -90 Q22 -74 22 -34 V0Z', '#2E2A48') +
          stroke('M-14 -90 V-106', '#2E2A48', 3) +
          rect(-78, -16, 130, 16, '#2E2A48') +
          rect(-74, -84, 8, 84, '#2E2A48') +
          rect(40, -84, 8, 84, '#2E2A48') +
          circle(-70, -88, 6, '#2E2A48') +
          circle(44, -88, 6, '#2E2A48'),
      ) +
      phinisi(420, 300, 1.05, '#231F38', '#F6E3CE', '#E2B9A4') +
      phinisi(222, 268, 0.36, '#231F38', '#E9C2B4', '#C98F94') +
      birds(250, 140, '#231F38') +
      rect(0, 384, 600, 16, '#231F38') +
      [60, 110, 128, 520, 560]
        .map(
          (x, i) => circle(x, 356 + (i % 2) * 4, 5, '#17142A') + path(`M${x - 7} 390 V368 q7 -8 14 0 V390Z`, '#17142A'),
        )
        .join(''),
  )

export const fishMarket = (): string => {
  const next = random(5)
  const fish = (x: number, y: number, c: string): string =>
    group(
      `translate(${round(x)} ${round(y)}) rotate(${round(next() * 24 - 12)})`,
      path('M-30 0 Q-8 -17 22 0 L36 -11 V11 L22 0 Q-8 17 -30 0Z', c) +
        path('M-30 0 Q-8 -17 22 0Z', '#fff', 'opacity=".22"') +
        circle(-20, -3, 2.4, '#1B2A33'),
    )
  return frame(
    rect(0, 0, 600, 400, '#F2E3C8') +
      times(7, (i) =>
        polygon(
          [
            [i * 90 - 20, 0],
            [i * 90 + 70, 0],
            [i * 90 + 60, 96],
            [i * 90 - 30, 96],
          ],
          i % 2 ? '#D5412F' : '#F8F1E2',
        ),
      ) +
      times(7, (i) => path(`M${i * 90 - 30} 96 a45 26 0 0 0 90 0Z`, i % 2 ? '#B93323' : '#E9DDC5')) +
      group(
        'translate(110 92) scale(.92)',
        bust({ hair: 'hijab', background: 'none', shirt: '#2F6F86', accent: '#E7A63A', skin: 2 }),
      ) +
      group('translate(320 96) scale(.9)', bust({ hair: 'short', background: 'none', shirt: '#4A7A4C', skin: 2 })) +
      polygon(
        [
          [0, 286],
          [600, 262],
          [600, 400],
          [0, 400],
        ],
        '#7D9AA6',
      ) +
      polygon(
        [
          [0, 286],
          [600, 262],
          [600, 280],
          [0, 304],
        ],
        '#DCE8EA',
      ) +
      times(26, (i) =>
        fish(
          30 + (i % 9) * 68 + (Math.floor(i / 9) % 2) * 30,
          312 + Math.floor(i / 9) * 34,
          ['#5B8CA5', '#C76A55', '#8FB1BC', '#47748E'][i % 4]!,
        ),
      ),
  )
}

const bust = (look: Look): string => drawPortrait(look)

export const harvest = (): string =>
  frame(
    rect(0, 0, 600, 400, '#CFE5E6') +
      sun(470, 86, 32, '#FCE9AE', '#FCE9AE') +
      ridge(12, 600, 400, 150, 50, '#88AFA6', 0.5) +
      ridge(3, 600, 400, 190, 24, '#5F957B', 0.3) +
      terraces(8, 600, 214, 400, ['#E2C352', '#D3B142', '#BBB04A', '#E9CE68'], '#8B8A34') +
      palm(70, 250, 120, '#5B4A39', '#3F7B58', 10) +
      palm(108, 244, 92, '#5B4A39', '#4C8A63', -8) +
      [
        [250, 316, 1],
        [340, 334, 1.15],
        [440, 312, 0.95],
      ]
        .map(([x, y, s], i) =>
          group(
            `translate(${x} ${y}) scale(${s})`,
            path('M-14 0 Q-16 -36 4 -44 Q24 -40 22 -14 L20 0Z', ['#C4452F', '#2F6F86', '#F4EBD8'][i]!) +
              path('M-30 -46 L-4 -68 L22 -46Z', '#E9CF94') +
              circle(-4, -44, 8, '#A0693F') +
              stroke('M16 -30 L34 -8', '#A0693F', 6) +
              times(5, (j) => stroke(`M${36 + j * 4} 8 L${30 + j * 6} -22`, '#E9CE68', 2.4)),
          ),
        )
        .join(''),
  )

export const newBridge = (): string =>
  frame(
    `<defs>${fade('rain', '#8FA6B8', '#D5DEE2')}</defs>` +
      rect(0, 0, 600, 400, 'url(#rain)') +
      times(12, (i) => {
        const h = 60 + ((i * 53) % 90)
        return (
          rect(i * 54 - 8, 250 - h, 44, h, i % 2 ? '#9DB0BD' : '#8BA1B0') +
          times(3, (j) => rect(i * 54 + j * 12 - 2, 262 - h, 6, 8, '#E9EEF0', 'opacity=".7"'))
        )
      }) +
      rect(0, 250, 600, 150, '#5F8196') +
      times(26, (i) => rect((i * 83) % 600, 262 + ((i * 37) % 130), 60, 2, '#8FB0C0', 'opacity=".6" rx="1"')) +
      [190, 430]
        .map(
          (x) =>
            polygon(
              [
                [x - 8, 330],
                [x - 3, 70],
                [x + 3, 70],
                [x + 8, 330],
              ],
              '#F5F3EC',
            ) +
            times(9, (i) =>
              stroke(
                `M${x} ${86 + i * 12} L${x - 22 - i * 19} 246 M${x} ${86 + i * 12} L${x + 22 + i * 19} 246`,
                '#F5F3EC',
                1.6,
              ),
            ),
        )
        .join('') +
      rect(0, 244, 600, 14, '#D9412F') +
      rect(0, 258, 600, 6, '#A22D1F') +
      [60, 130, 270, 330, 500]
        .map(
          (x, i) =>
            rect(x, 230, 36, 14, ['#F2C14B', '#fff', '#2B3F4F', '#C4452F', '#fff'][i]!, 'rx="4"') +
            rect(x + 7, 224, 20, 8, '#2B3F4F', 'rx="3"'),
        )
        .join('') +
      path('M40 356 l20 14 h70 l18 -14Z', '#2B3F4F') +
      stroke('M96 356 V330 L124 350', '#2B3F4F', 2.4),
  )

export const cotoBowl = (): string =>
  frame(
    rect(0, 0, 600, 400, '#C9553A') +
      times(15, (i) => rect(i * 40, 0, 20, 400, '#BD4B31')) +
      ellipse(312, 226, 196, 180, '#000', 'opacity=".2"') +
      circle(300, 206, 178, '#F7F2E6') +
      circle(300, 206, 166, '#2B5C8A') +
      circle(300, 206, 158, '#F7F2E6') +
      circle(300, 206, 142, '#8A5227') +
      circle(300, 206, 142, 'none', 'stroke="#6B3C19" stroke-width="6"') +
      times(9, (i) => {
        const a = i * 0.7
        return rect(
          round(278 + Math.cos(a) * (40 + i * 7)),
          round(190 + Math.sin(a) * (36 + i * 6)),
          46,
          30,
          i % 2 ? '#6E3B20' : '#7F4828',
          `rx="8" transform="rotate(${i * 37} ${round(300 + Math.cos(a) * (40 + i * 7))} ${round(206 + Math.sin(a) * (36 + i * 6))})"`,
        )
      }) +
      times(36, (i) =>
        circle(
          round(300 + Math.cos(i * 2.4) * (10 + i * 3.4)),
          round(206 + Math.sin(i * 2.4) * (10 + i * 3.4)),
          5,
          'none',
          `stroke="${i % 3 ? '#7DB455' : '#E9D9A0'}" stroke-width="3"`,
        ),
      ) +
      polygon(
        [
          [470, 60],
          [560, 40],
          [590, 120],
          [500, 146],
        ],
        '#E8D9A8',
      ) +
      stroke('M484 80 L576 58 M492 108 L584 88', '#9BB06A', 4) +
      circle(80, 330, 58, '#F7F2E6') +
      circle(80, 330, 46, '#B92B1F') +
      times(14, (i) => circle(80 + Math.cos(i) * 28, 330 + Math.sin(i * 1.9) * 28, 3, '#F2B134')) +
      path('M70 60 q40 -34 70 6 q-30 44 -70 -6Z', '#A9CE6B') +
      path('M78 60 q32 -22 54 6 q-24 30 -54 -6Z', '#D9EBAE'),
  )

export const council = (): string =>
  frame(
    rect(0, 0, 600, 400, '#5B2A2A') +
      times(14, (i) => rect(i * 46, 0, 30, 400, '#6A3333')) +
      group(
        'translate(196 44) scale(1.05)',
        bust({ hair: 'peci', background: 'none', shirt: '#F4EEE2', skin: 1, glasses: true }),
      ) +
      rect(60, 40, 8, 300, '#C9A24A') +
      polygon(
        [
          [68, 44],
          [150, 60],
          [140, 190],
          [68, 176],
        ],
        '#D9342B',
      ) +
      polygon(
        [
          [68, 112],
          [146, 126],
          [140, 190],
          [68, 176],
        ],
        '#fff',
      ) +
      polygon(
        [
          [150, 292],
          [450, 292],
          [470, 400],
          [130, 400],
        ],
        '#8A5A34',
      ) +
      rect(140, 282, 320, 14, '#A56F43') +
      circle(300, 348, 28, '#C9A24A') +
      [
        [250, 282, -20],
        [300, 282, 0],
        [352, 282, 18],
      ]
        .map(
          ([x, y, d]) =>
            stroke(`M${x} ${y} L${x! + d! * 0.4} ${y! - 46}`, '#1B1B1F', 5) +
            rect(x! + d! * 0.4 - 8, y! - 70, 16, 28, '#2B2B31', 'rx="8"'),
        )
        .join(''),
  )

export const cityRain = (): string =>
  frame(
    rect(0, 0, 600, 400, '#263449') +
      times(14, (i) => {
        const h = 90 + ((i * 67) % 140)
        return (
          rect(i * 46 - 6, 280 - h, 40, h, i % 2 ? '#32445D' : '#2D3C54') +
          times(8, (j) =>
            (i + j) % 3
              ? rect(i * 46 + (j % 2) * 16, 290 - h + Math.floor(j / 2) * 18, 8, 9, '#F2C879', 'opacity=".85"')
              : '',
          )
        )
      }) +
      polygon(
        [
          [0, 400],
          [220, 270],
          [380, 270],
          [600, 400],
        ],
        '#3A475A',
      ) +
      stroke('M300 276 V400', '#E9D9A0', 3, 'stroke-dasharray="12 12"') +
      [
        [150, 348, '#E0553C', 1.3],
        [250, 306, '#F4F1EA', 0.8],
        [372, 330, '#F2B33C', 1.1],
      ]
        .map(([x, y, c, s]) =>
          group(
            `translate(${x} ${y}) scale(${s})`,
            rect(-34, -26, 68, 26, String(c), 'rx="6"') +
              path('M-24 -26 L-16 -46 H16 L24 -26Z', '#9FB7CC') +
              circle(-22, 0, 8, '#14181F') +
              circle(22, 0, 8, '#14181F') +
              rect(-34, -18, 10, 7, '#FFE9A8') +
              rect(24, -18, 10, 7, '#FFE9A8'),
          ),
        )
        .join('') +
      times(60, (i) => {
        const x = (i * 97) % 620
        const y = (i * 61) % 400
        return stroke(`M${x} ${y} l-8 26`, '#A9C3DA', 1.2, 'opacity=".5"')
      }) +
      path('M430 330 q50 -54 100 0Z', '#E0553C') +
      stroke('M480 306 V372', '#14181F', 3) +
      path('M464 400 V352 q16 -16 32 0 V400Z', '#14181F'),
  )
