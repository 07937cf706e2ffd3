import { circle, ellipse, fade, group, path, polygon, rect, stroke, svg, times } from './draw.ts'
import { birds, cloud, ridge, tree, volcano } from './landscape.ts'

export type Child = {
  readonly skin: string
  readonly hair: 'short' | 'tails' | 'hijab' | 'bob'
  readonly top: string
  readonly bottom: string
  readonly arms: 'up' | 'out' | 'down'
}

/** A child about 120 units tall whose feet stand at (x, y). */
export const child = (x: number, y: number, scale: number, look: Child): string => {
  const dark = '#2E2523'
  const arms = {
    up: 'M-14 -62 Q-30 -78 -32 -100 M14 -62 Q30 -78 32 -100',
    out: 'M-14 -62 Q-30 -60 -40 -66 M14 -62 Q30 -60 40 -66',
    down: 'M-14 -62 Q-24 -50 -24 -36 M14 -62 Q24 -50 24 -36',
  }[look.arms]
  const behind =
    look.hair === 'tails'
      ? circle(-25, -100, 10, dark) + circle(25, -100, 10, dark)
      : look.hair === 'bob'
        ? rect(-24, -108, 48, 36, dark, 'rx="14"')
        : ''
  const over =
    look.hair === 'hijab'
      ? path(
          'M0 -124 C-34 -124 -30 -84 -26 -64 Q0 -48 26 -64 C30 -84 34 -124 0 -124Z M0 -112 a17 19 0 1 1 -.1 0Z',
          look.bottom,
          'fill-rule="evenodd"',
        )
      : path('M-22 -92 C-26 -124 26 -124 22 -92 C14 -104 -4 -108 -10 -104 C-16 -102 -20 -98 -22 -92Z', dark)
  return group(
    `translate(${x} ${y}) scale(${scale})`,
    ellipse(0, 0, 30, 5, '#000', 'opacity=".12"') +
      behind +
      stroke('M-8 -34 V-4 M8 -34 V-4', look.skin, 9) +
      stroke('M-8 -3 h-4 M8 -3 h4', '#fff', 8) +
      stroke(arms, look.skin, 8) +
      path('M-16 -68 Q0 -76 16 -68 L19 -40 H-19Z', look.top) +
      path('M-19 -42 H19 L23 -22 Q0 -16 -23 -22Z', look.bottom) +
      circle(0, -92, 22, look.skin) +
      over +
      circle(-8, -91, 2.4, dark) +
      circle(8, -91, 2.4, dark) +
      stroke('M-6 -83 q6 6 12 0', '#9A4A3A', 2.4) +
      circle(-13, -84, 3.4, '#EE8E78', 'opacity=".6"') +
      circle(13, -84, 3.4, '#EE8E78', 'opacity=".6"'),
  )
}

const flower = (x: number, y: number, color: string): string =>
  stroke(`M${x} ${y} v-16`, '#3F8B4F', 2.4) +
  [0, 72, 144, 216, 288]
    .map((a) => `<g transform="translate(${x} ${y - 20}) rotate(${a})">${ellipse(0, -5, 3.6, 5, color)}</g>`)
    .join('') +
  circle(x, y - 20, 2.8, '#FFD45C')

const school = (x: number, y: number): string =>
  group(
    `translate(${x} ${y})`,
    rect(0, -150, 300, 150, '#FFF6E3') +
      polygon(
        [
          [-22, -148],
          [40, -226],
          [260, -226],
          [322, -148],
        ],
        '#E8603C',
      ) +
      polygon(
        [
          [150, -226],
          [260, -226],
          [322, -148],
          [150, -148],
        ],
        '#D24E2C',
      ) +
      rect(116, -190, 68, 190, '#FFE9B8') +
      polygon(
        [
          [102, -188],
          [150, -252],
          [198, -188],
        ],
        '#F2B134',
      ) +
      circle(150, -206, 14, '#FFF6E3') +
      stroke('M150 -214 V-206 L156 -202', '#5B4636', 2.6) +
      path('M130 0 V-66 a20 20 0 0 1 40 0 V0Z', '#3E8F8B') +
      circle(162, -36, 3, '#FFE9B8') +
      [22, 66, 204, 248]
        .map(
          (wx) =>
            rect(wx, -108, 32, 46, '#8FD0DB', 'rx="16"') + stroke(`M${wx + 16} -108 V-62 M${wx} -84 h32`, '#FFF6E3', 3),
        )
        .join('') +
      times(10, (i) => rect(4 + i * 30, -16, 24, 16, i % 2 ? '#F2B134' : '#57A863', 'rx="3"')),
  )

/** A school garden under two mountains, as every Indonesian child draws them. */
export const schoolGarden = (): string =>
  svg(
    1280,
    700,
    `<defs>${fade('morning', '#BFE6F2', '#E5F4EC', '#FFF1CF')}</defs>` +
      rect(0, 0, 1280, 700, 'url(#morning)') +
      circle(628, 440, 72, '#FFC93C') +
      times(
        16,
        (i) =>
          `<g transform="translate(628 440) rotate(${i * 22.5})">${rect(-3, -106, 6, 20, '#FFC93C', 'rx="3"')}</g>`,
      ) +
      volcano(430, 560, 210, 270, '#6FA9C9', '#5D97BA') +
      volcano(826, 560, 190, 260, '#7FB4CF', '#6AA3C3') +
      cloud(90, 300, 54, '#fff') +
      cloud(1000, 270, 62, '#fff') +
      cloud(1130, 196, 24, '#fff', 'opacity=".8"') +
      birds(900, 330, '#4B7C97') +
      ridge(6, 1280, 700, 500, 30, '#A9D38B', 0) +
      ridge(14, 1280, 700, 548, 24, '#82C172', 0) +
      path('M560 700 Q600 600 640 560 Q650 548 640 520 Q676 548 690 572 Q740 630 820 700Z', '#F7DFA7') +
      school(880, 590) +
      tree(110, 600, 230, '#5FB060', '#479A53', '#8A5A3B') +
      tree(1240, 606, 180, '#6DBB63', '#4FA257', '#8A5A3B') +
      stroke('M160 404 L236 392 M180 402 V540 M216 396 V540', '#8A5A3B', 4) +
      rect(172, 538, 52, 8, '#E8603C', 'rx="3"') +
      stroke('M830 596 V350', '#8C8577', 5) +
      rect(833, 352, 64, 21, '#E23B32') +
      rect(833, 373, 64, 21, '#fff') +
      ridge(19, 1280, 700, 616, 14, '#5FAE62', 0) +
      child(198, 606, 0.9, { skin: '#C98D62', hair: 'tails', top: '#FFD45C', bottom: '#E8603C', arms: 'up' }) +
      child(380, 650, 1.25, { skin: '#E0A97C', hair: 'short', top: '#fff', bottom: '#D9342B', arms: 'up' }) +
      child(500, 664, 1.3, { skin: '#D39A6E', hair: 'hijab', top: '#fff', bottom: '#3E8F8B', arms: 'out' }) +
      child(716, 668, 1.3, { skin: '#B97E54', hair: 'bob', top: '#fff', bottom: '#D9342B', arms: 'up' }) +
      child(812, 656, 1.2, { skin: '#E0A97C', hair: 'short', top: '#F2B134', bottom: '#2F6FA3', arms: 'out' }) +
      stroke('M340 526 Q300 420 256 330', '#5B4636', 1.4) +
      polygon(
        [
          [256, 330],
          [222, 276],
          [262, 232],
          [296, 284],
        ],
        '#E8603C',
      ) +
      polygon(
        [
          [256, 330],
          [262, 232],
          [296, 284],
        ],
        '#F2B134',
      ) +
      stroke('M256 330 q-10 18 4 30 q10 12 -2 28', '#E8603C', 3) +
      times(24, (i) =>
        flower(30 + i * 54 + (i % 3) * 11, 690 - (i % 4) * 9, ['#F2689A', '#fff', '#F2B134', '#B57BE0'][i % 4]!),
      ),
  )

/** Pictures the children made: mountains, a fish, a house, a butterfly. */
export const drawing = (subject: 'gunung' | 'ikan' | 'rumah' | 'kupu'): string => {
  const wax = (d: string, color: string, width = 6): string => stroke(d, color, width, 'opacity=".9"')
  const pages = {
    gunung:
      rect(0, 0, 240, 200, '#FFFBEF') +
      path('M14 118 L70 44 L122 118Z', '#5FA7D6') +
      path('M110 118 L168 36 L228 118Z', '#4F92C6') +
      circle(118, 70, 20, '#FFC93C') +
      wax('M10 118 H230', '#3F8B4F') +
      wax('M112 118 L60 196 M128 118 L190 196', '#8A8A8A') +
      wax('M122 128 V140 M124 152 V168 M126 178 V194', '#C9C4B4', 5) +
      times(
        9,
        (i) =>
          wax(`M${20 + (i % 3) * 18} ${136 + Math.floor(i / 3) * 20} l6 12 l6 -12`, '#57A863', 4) +
          wax(`M${176 + (i % 3) * 18} ${132 + Math.floor(i / 3) * 20} l6 12 l6 -12`, '#57A863', 4),
      ) +
      wax('M26 30 q8 -10 16 0 q8 -10 16 0 M190 22 q6 -8 12 0 q6 -8 12 0', '#2E2523', 3),
    ikan:
      rect(0, 0, 240, 200, '#D9F0F4') +
      path('M46 104 Q96 46 158 96 L200 62 V148 L158 112 Q96 162 46 104Z', '#F2803C') +
      wax('M96 74 Q112 104 96 136 M124 78 Q138 104 124 132', '#FFD45C') +
      circle(72, 96, 9, '#fff') +
      circle(70, 96, 4, '#2E2523') +
      wax('M52 112 q8 6 14 0', '#9A4A3A', 3) +
      times(5, (i) =>
        circle(34 + (i % 2) * 14, 84 - i * 16, 5 + (i % 3), 'none', 'stroke="#3E8F8B" stroke-width="3"'),
      ) +
      wax('M30 196 q10 -30 0 -50 M60 196 q-8 -20 2 -36 M204 196 q10 -24 -2 -40', '#57A863') +
      wax('M10 196 q30 -10 60 0 t60 0 t60 0 t40 0', '#E9C978', 8),
    rumah:
      rect(0, 0, 240, 200, '#FFF3E8') +
      wax('M66 100 V178 H176 V100', '#C0567A') +
      path('M48 104 L121 42 L194 104Z', '#E8603C') +
      rect(108, 130, 30, 48, '#8A5A3B') +
      rect(76, 118, 22, 22, '#8FD0DB') +
      rect(148, 118, 22, 22, '#8FD0DB') +
      wax('M160 70 V44 M160 38 q10 -8 4 -16 q8 -6 2 -14', '#8A8A8A', 5) +
      circle(30, 34, 18, '#FFC93C') +
      wax('M10 182 H230', '#57A863', 8) +
      wax('M206 180 V128', '#8A5A3B', 8) +
      circle(206, 112, 24, '#57A863') +
      circle(200, 106, 3, '#E8403C') +
      circle(214, 116, 3, '#E8403C') +
      circle(206, 98, 3, '#E8403C'),
    kupu:
      rect(0, 0, 240, 200, '#F3EAFB') +
      path('M120 100 C60 20 20 60 40 94 C50 112 96 110 120 100Z', '#B57BE0') +
      path('M120 100 C180 20 220 60 200 94 C190 112 144 110 120 100Z', '#B57BE0') +
      path('M120 104 C70 104 52 140 76 160 C96 172 116 136 120 104Z', '#F2689A') +
      path('M120 104 C170 104 188 140 164 160 C144 172 124 136 120 104Z', '#F2689A') +
      circle(66, 78, 10, '#FFD45C') +
      circle(174, 78, 10, '#FFD45C') +
      circle(92, 140, 7, '#fff') +
      circle(148, 140, 7, '#fff') +
      wax('M120 80 V146 M120 80 Q110 56 98 54 M120 80 Q130 56 142 54', '#2E2523', 5) +
      wax('M16 190 q14 -16 28 0 t28 0 t28 0 t28 0 t28 0 t28 0 t28 0', '#57A863', 6),
  }
  return svg(240, 200, pages[subject])
}
