/** Large scenes for magazine pages; sizes are given with each. */
import { ikat } from './batik.ts'
import { circle, ellipse, fade, group, path, polygon, random, rect, round, stroke, svg, times } from './draw.ts'
import { birds, palm, ridge, sun, terraces, volcano } from './landscape.ts'
import { drawPortrait } from './portrait.ts'

/** Bromo before sunrise, 1280 × 860. The masthead, `size` units high, stands in the sky behind the mountains. */
export const bromo = (masthead: string, size = 372): string => {
  const next = random(77)
  const cone = (x: number, floor: number, h: number, w: number, fill: string, lit: string): string =>
    path(
      `M${x - w} ${floor} Q${x - w * 0.42} ${floor - h * 0.44} ${x - w * 0.3} ${floor - h} L${x - w * 0.1} ${floor - h + 12} L${x + w * 0.08} ${floor - h + 4} L${x + w * 0.3} ${floor - h} Q${x + w * 0.42} ${floor - h * 0.44} ${x + w} ${floor}Z`,
      fill,
    ) +
    times(13, (i) => {
      const t = i / 12 - 0.5
      return path(
        `M${round(x + t * w * 0.56)} ${round(floor - h + 10)} Q${round(x + t * w * 0.9)} ${round(floor - h * 0.5)} ${round(x + t * w * 1.66)} ${floor} L${round(x + t * w * 1.66 + 18)} ${floor} Q${round(x + t * w * 0.9 + 12)} ${round(floor - h * 0.5)} ${round(x + t * w * 0.56 + 7)} ${round(floor - h + 10)}Z`,
        lit,
        `opacity="${i < 6 ? 0.12 : 0.42}"`,
      )
    })
  return svg(
    1280,
    860,
    `<defs>${fade(`kaki-${size}`, '#14110F00', '#14110FB8', '#14110F')}${fade(`fajar-${size}`, '#1B1F3A', '#4A3A62', '#B05A5E', '#EE9A5B', '#F9CF86')}</defs>` +
      rect(0, 0, 1280, 640, `url(#fajar-${size})`) +
      rect(0, 590, 1280, 270, '#6A4A5E') +
      times(70, () =>
        circle(
          round(next() * 1280),
          round(70 + next() * 200),
          round(0.6 + next() * 1.2),
          '#fff',
          `opacity="${round(0.3 + next() * 0.6)}"`,
        ),
      ) +
      `<text x="${round(640 - size * 0.02)}" y="${round(166 + size / 2)}" text-anchor="middle" font-family="Sans" font-weight="200" font-size="${size}" letter-spacing="${round(size * -0.06)}" fill="#F8EBD6">${masthead}</text>` +
      volcano(930, 600, 360, 520, '#3C3152', '#33294A') +
      path(
        'M930 240 q-24 -40 6 -66 q-22 -34 26 -56 q50 -24 84 6 q44 -6 44 28 q-30 26 -66 18 q-40 46 -94 70Z',
        '#E9B79A',
        'opacity=".5"',
      ) +
      sun(300, 520, 46, '#FFE7B0', '#FFD58A') +
      ridge(41, 1280, 640, 470, 46, '#5B4263', 0.7) +
      ridge(23, 1280, 660, 520, 34, '#6E4A63', 0.5) +
      ellipse(300, 628, 620, 46, '#F6D3A6', 'opacity=".75"') +
      ellipse(1000, 640, 560, 40, '#EDBB97', 'opacity=".7"') +
      cone(760, 700, 210, 260, '#3A2B42', '#8C5B5C') +
      cone(470, 716, 176, 230, '#44304A', '#A86A5C') +
      ellipse(640, 712, 760, 42, '#E7B592', 'opacity=".55"') +
      ellipse(200, 724, 420, 34, '#F6D9B4', 'opacity=".6"') +
      ridge(57, 1280, 860, 748, 34, '#2A2034', 0.4) +
      ridge(68, 1280, 860, 800, 22, '#191423', 0.5) +
      times(30, (i) => {
        const x = 20 + i * 44 + (i % 3) * 9
        const h = 26 + ((i * 29) % 34)
        return polygon(
          [
            [x - h * 0.22, 830],
            [x, 830 - h * 1.7],
            [x + h * 0.22, 830],
          ],
          '#120E1A',
        )
      }) +
      rect(0, 826, 1280, 34, '#120E1A') +
      birds(560, 430, '#2A2034') +
      rect(0, 560, 1280, 300, `url(#kaki-${size})`),
  )
}

/** A reef and a free diver, 760 × 620. */
export const reef = (): string => {
  const next = random(15)
  const fan = (x: number, y: number, s: number, c: string): string =>
    times(9, (i) => {
      const a = ((-150 + i * 15) * Math.PI) / 180
      return stroke(
        `M${x} ${y} Q${round(x + Math.cos(a) * s * 0.4)} ${round(y + Math.sin(a) * s * 0.7)} ${round(x + Math.cos(a) * s)} ${round(y + Math.sin(a) * s)}`,
        c,
        s * 0.07,
      )
    })
  const fish = (x: number, y: number, s: number, c: string): string =>
    group(
      `translate(${round(x)} ${round(y)}) scale(${round(s)})`,
      path('M-16 0 Q-4 -10 12 0 L20 -7 V7 L12 0 Q-4 10 -16 0Z', c),
    )
  return svg(
    760,
    620,
    `<defs>${fade('deep', '#7FD0CC', '#2E93A8', '#135A7C', '#0C2F52')}</defs>` +
      rect(0, 0, 760, 620, 'url(#deep)') +
      times(6, (i) =>
        polygon(
          [
            [150 + i * 80, 0],
            [190 + i * 86, 0],
            [80 + i * 130, 620],
            [-30 + i * 122, 620],
          ],
          '#D9F5EA',
          'opacity=".09"',
        ),
      ) +
      times(40, () =>
        fish(80 + next() * 560, 110 + next() * 210, 0.5 + next() * 0.5, next() > 0.7 ? '#F6C85F' : '#BFE6E4'),
      ) +
      path('M0 620 V470 Q80 420 150 480 T320 500 T470 470 T620 440 T760 480 V620Z', '#123B58') +
      fan(110, 500, 120, '#E0627A') +
      fan(600, 486, 150, '#F08A4B') +
      fan(690, 520, 90, '#C94F86') +
      path('M0 620 V540 Q100 490 210 550 T440 556 T640 520 T760 560 V620Z', '#0C2842') +
      times(9, (i) => ellipse(230 + i * 34, 552 - (i % 3) * 12, 26, 20, ['#E8A24A', '#D9647A', '#7FBF9F'][i % 3]!)) +
      times(16, (i) => stroke(`M${330 + i * 9} 560 q${i % 2 ? 6 : -6} -26 0 -48`, '#7FBF9F', 4)) +
      fan(60, 600, 80, '#F2B84B') +
      group(
        'translate(430 236) rotate(24)',
        ellipse(-62, -2, 15, 13, '#C98A5E') +
          path('M-72 -12 q10 -12 22 -2 l-2 8Z', '#1A1620') +
          rect(-74, -5, 12, 8, '#F2B84B', 'rx="3"') +
          path('M-48 -12 Q0 -22 44 -8 L44 8 Q0 14 -48 10Z', '#1D2436') +
          stroke('M-40 4 Q-74 24 -112 18', '#C98A5E', 9) +
          stroke('M42 -2 Q82 -14 122 0 M42 4 Q84 16 118 22', '#C98A5E', 10) +
          path('M118 -6 L196 -22 L186 8 L120 6Z', '#F2B84B') +
          path('M114 16 L190 26 L176 52 L116 28Z', '#E39F2E'),
      ) +
      times(9, (i) =>
        circle(330 + (i % 3) * 10, 190 - i * 20, 3 + (i % 4), 'none', 'stroke="#E9FBF6" stroke-width="1.6"'),
      ),
  )
}

/** A weaver before her cloth, 420 × 560. */
export const weaver = (): string =>
  svg(
    420,
    560,
    `<defs>${ikat('lensa-ikat', 84, '#6B1F22', ['#E7B24A', '#F3E3C3', '#1F2B4A'])}</defs>` +
      rect(0, 0, 420, 560, '#2B1B1A') +
      rect(0, 0, 420, 330, 'url(#lensa-ikat)', 'opacity=".55"') +
      group(
        'translate(36 60) scale(1.74)',
        drawPortrait({ hair: 'bun', background: 'none', shirt: '#1F2B4A', skin: 2 }),
      ) +
      polygon(
        [
          [0, 430],
          [420, 400],
          [420, 560],
          [0, 560],
        ],
        'url(#lensa-ikat)',
      ) +
      rect(-10, 424, 450, 18, '#A5703A', 'transform="rotate(-4 210 430)"') +
      times(42, (i) => stroke(`M${i * 10} ${434 - i * 0.7} V560`, '#F3E3C3', 0.8, 'opacity=".4"')),
  )

/** Terraced fields in the morning, 420 × 560. */
export const paddies = (): string =>
  svg(
    420,
    560,
    rect(0, 0, 420, 560, '#E9E3C3') +
      sun(300, 110, 34, '#FBE9B4', '#FBE3A0') +
      ridge(5, 420, 560, 200, 60, '#9DBBA2', 0.3) +
      ridge(17, 420, 560, 240, 34, '#6D9C7E', 0.4) +
      terraces(3, 420, 262, 560, ['#A9C77A', '#7FAE62', '#5E9656', '#C3D48A'], '#3C6B3F') +
      palm(60, 330, 150, '#5A4A38', '#2F6A48', 14) +
      palm(372, 318, 120, '#5A4A38', '#3B7A52', -10) +
      group(
        'translate(230 440)',
        rect(-26, -30, 52, 30, '#8A5A34') +
          polygon(
            [
              [-38, -28],
              [0, -62],
              [38, -28],
            ],
            '#C9A255',
          ),
      ),
  )

/** Stupas at first light, 420 × 560. */
export const stupas = (): string => {
  const stupa = (x: number, y: number, s: number, c: string, d: string): string =>
    group(
      `translate(${x} ${y}) scale(${s})`,
      path('M-70 0 Q-74 -84 -28 -112 H28 Q74 -84 70 0Z', c) +
        path('M10 -112 H28 Q74 -84 70 0 H20 Q40 -60 10 -112Z', d) +
        times(3, (j) =>
          times(5 - j, (i) =>
            polygon(
              [
                [-44 + j * 9 + i * 22, -26 - j * 26 - 9],
                [-36 + j * 9 + i * 22, -26 - j * 26],
                [-44 + j * 9 + i * 22, -26 - j * 26 + 9],
                [-52 + j * 9 + i * 22, -26 - j * 26],
              ],
              '#2A2430',
            ),
          ),
        ) +
        rect(-20, -128, 40, 18, c) +
        path('M-12 -128 L-4 -190 H4 L12 -128Z', c) +
        path('M2 -190 H4 L12 -128 H4Z', d) +
        rect(-82, 0, 164, 16, c) +
        rect(-92, 16, 184, 14, d),
    )
  return svg(
    420,
    560,
    `<defs>${fade('kala', '#F2B98A', '#F6D9B4', '#DDE0D2')}</defs>` +
      rect(0, 0, 420, 560, 'url(#kala)') +
      circle(120, 190, 54, '#FBE9C8') +
      volcano(300, 400, 170, 240, '#A9A5A8', '#9B969C') +
      ridge(9, 420, 560, 372, 20, '#8B9488', 0.4) +
      ellipse(210, 396, 300, 24, '#F6E6CE', 'opacity=".7"') +
      stupa(86, 420, 0.62, '#8A7F7D', '#766B6B') +
      stupa(352, 424, 0.66, '#8A7F7D', '#766B6B') +
      stupa(222, 500, 1.25, '#5E5355', '#483F43') +
      rect(0, 530, 420, 30, '#3A3237'),
  )
}
