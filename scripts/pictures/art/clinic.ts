import { circle, ellipse, group, path, polygon, rect, stroke, svg, times } from './draw.ts'
import { drawPortrait, type Look } from './portrait.ts'

const plant = (x: number, y: number, s: number, leaf: string, pot: string): string =>
  group(
    `translate(${x} ${y}) scale(${s})`,
    [-62, -38, -14, 12, 36, 60]
      .map(
        (a) =>
          `<g transform="rotate(${a})">${path('M0 0 Q-16 -50 0 -104 Q16 -50 0 0Z', leaf)}${stroke('M0 0 V-92', 'rgba(255,255,255,.35)', 1.6)}</g>`,
      )
      .join('') + path('M-26 -6 H26 L20 46 H-20Z', pot),
  )

/** A doctor in an arched doorway of the clinic's bright hall. */
export const doctorInArch = (look: Look): string =>
  svg(
    520,
    560,
    `<clipPath id="arch">${path('M40 560 V258 A220 220 0 0 1 480 258 V560Z', '#000')}</clipPath>` +
      path('M10 560 V258 A250 250 0 0 1 510 258 V560Z', '#DDE3FB') +
      group(
        '',
        rect(0, 0, 520, 560, '#F6D9C8') +
          rect(70, 90, 180, 210, '#FBEFE6') +
          rect(78, 98, 164, 194, '#BFD7F2') +
          ellipse(130, 262, 70, 60, '#8FB79C') +
          ellipse(210, 282, 60, 60, '#A9CBB0') +
          rect(156, 98, 6, 194, '#FBEFE6') +
          rect(78, 190, 164, 6, '#FBEFE6') +
          polygon(
            [
              [250, 0],
              [520, 0],
              [520, 220],
              [330, 420],
            ],
            '#fff',
            'opacity=".22"',
          ) +
          rect(330, 130, 130, 8, '#C98F73') +
          times(5, (i) =>
            rect(
              340 + i * 22,
              84 + (i % 3) * 8,
              15,
              46 - (i % 3) * 8,
              ['#4C63D2', '#FF8A70', '#F3C969', '#7E9BE8', '#F6F0EA'][i]!,
            ),
          ) +
          rect(330, 230, 130, 8, '#C98F73') +
          plant(420, 224, 0.55, '#5F9A78', '#F6F0EA') +
          rect(0, 440, 520, 120, '#E9BFA9') +
          plant(80, 500, 1.15, '#4F8D6C', '#FF8A70') +
          rect(124, 470, 272, 90, look.shirt) +
          group('translate(100 92) scale(1.6)', figure(look)),
        'clip-path="url(#arch)"',
      ),
  )

const figure = (look: Look): string => {
  const bare = drawPortrait({ ...look, background: 'none' })
  const stethoscope =
    stroke('M76 186 Q72 224 92 228 M124 186 Q130 222 116 226', '#2E3A6B', 3.4) +
    circle(114, 230, 5, '#8D98C8') +
    circle(114, 230, 2, '#2E3A6B')
  return (
    bare +
    stethoscope +
    rect(136, 212, 30, 22, '#DDE3FB', 'rx="3"') +
    rect(140, 217, 14, 3, '#4C63D2') +
    rect(140, 224, 22, 2, '#9AA6D8')
  )
}

const glyphs = {
  heart:
    'M24 40 C6 28 6 12 17 11 C21 11 24 15 24 17 C24 15 27 11 31 11 C42 12 42 28 24 40Z M10 25 H19 L22 19 L26 30 L29 25 H38',
  child: 'M24 8 a7 7 0 1 0 .1 0 M24 22 V32 M12 26 Q24 20 36 26 M24 32 L17 42 M24 32 L31 42',
  tooth:
    'M14 8 C6 10 8 20 11 26 C13 32 13 41 17 41 C21 41 20 30 24 30 C28 30 27 41 31 41 C35 41 35 32 37 26 C40 20 42 10 34 8 C29 7 27 10 24 10 C21 10 19 7 14 8Z',
  eye: 'M5 24 C14 10 34 10 43 24 C34 38 14 38 5 24Z M24 17 a7 7 0 1 0 .1 0',
  flask: 'M19 7 H29 M21 7 V20 L11 38 Q10 42 14 42 H34 Q38 42 37 38 L27 20 V7 M15 31 H33',
  pill: 'M13 35 a8.5 8.5 0 0 1 0 -12 L23 13 a8.5 8.5 0 0 1 12 12 L25 35 a8.5 8.5 0 0 1 -12 0Z M18 18 L30 30',
} as const

export const glyph = (name: keyof typeof glyphs, color: string): string =>
  `<svg viewBox="0 0 48 48" width="40" height="40">${stroke(glyphs[name], color, 2.6)}</svg>`

/** A street map with the clinic's pin. */
export const cityMap = (): string =>
  svg(
    640,
    380,
    rect(0, 0, 640, 380, '#E6EAF6') +
      times(9, (i) =>
        times(6, (j) =>
          rect(
            6 + i * 74 + (j % 2) * 8,
            6 + j * 66,
            60 - (i % 3) * 8,
            52,
            (i + j) % 5 === 0 ? '#CFE3D4' : '#F5F6FB',
            'rx="4"',
          ),
        ),
      ) +
      path(
        'M-10 300 C120 250 160 330 300 290 S520 200 660 236 V276 C520 244 440 300 320 326 S110 300 -10 346Z',
        '#B7D0EE',
      ) +
      stroke('M230 -10 L300 400 M-10 176 L660 96', '#fff', 17) +
      stroke('M230 -10 L300 400 M-10 176 L660 96', '#F8DCA6', 11) +
      `<text x="420" y="116" transform="rotate(-6.8 420 116)" font-family="Sans" font-size="12" font-weight="600" fill="#7A6B45">Jl. Raya Darmo</text><text x="92" y="314" transform="rotate(4 92 314)" font-family="Sans" font-size="12" font-style="italic" fill="#4A6C9B">Kali Mas</text>` +
      ellipse(352, 178, 16, 5, '#000', 'opacity=".2"') +
      path('M352 178 C326 140 322 130 322 116 A30 30 0 0 1 382 116 C382 130 378 140 352 178Z', '#FF7C60') +
      circle(352, 116, 12, '#fff'),
  )
