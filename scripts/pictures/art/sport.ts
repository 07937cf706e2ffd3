import { circle, ellipse, fade, group, path, polygon, random, rect, round, stroke, svg, times } from './draw.ts'

type Kit = {
  readonly shirt: string
  readonly shorts: string
  readonly socks: string
  readonly skin: string
  readonly trim: string
}

const ball = (x: number, y: number, r: number): string =>
  group(
    `translate(${x} ${y}) scale(${r / 30})`,
    circle(0, 0, 30, '#fff') +
      polygon(
        [
          [0, -11],
          [10.5, -3.4],
          [6.5, 9],
          [-6.5, 9],
          [-10.5, -3.4],
        ],
        '#17181C',
      ) +
      [0, 72, 144, 216, 288]
        .map(
          (a) =>
            `<g transform="rotate(${a})">${stroke('M0 -11 V-21', '#17181C', 2.4)}${path('M-9 -28 L0 -21 L9 -28 A30 30 0 0 0 -9 -28Z', '#17181C')}</g>`,
        )
        .join('') +
      path('M20 -22 A30 30 0 0 1 -10 28 A34 34 0 0 0 20 -22Z', '#000', 'opacity=".16"'),
  )

/** A forward at the moment of the shot; about 420 × 520, ball to the right. */
const striker = (kit: Kit, number: string): string =>
  stroke('M200 286 L176 372 L196 462', kit.skin, 32) +
  stroke('M180 392 L196 462', kit.socks, 33) +
  path('M184 470 q16 -8 30 4 l26 10 q6 12 -8 12 h-48Z', '#17181C') +
  stroke('M176 156 L116 196 L70 158', kit.skin, 24) +
  path('M150 176 L188 136 L206 160 L166 206Z', kit.shirt) +
  stroke('M232 288 L316 316 L402 282', kit.skin, 34) +
  stroke('M334 310 L398 284', kit.socks, 34) +
  path('M394 262 q22 0 26 18 l22 22 q-2 14 -16 10 l-40 -22Z', '#17181C') +
  path('M178 262 Q214 256 248 268 L306 300 L292 342 L232 324 L206 350 L168 336Z', kit.shorts) +
  path('M178 140 Q214 122 256 140 L252 276 Q214 290 174 274Z', kit.shirt) +
  path('M226 128 Q246 132 256 140 L252 276 Q240 280 232 281Z', '#000', 'opacity=".13"') +
  stroke('M184 152 L178 268', kit.trim, 6) +
  `<text x="212" y="224" text-anchor="middle" font-family="Sans" font-weight="800" font-size="64" fill="${kit.trim}">${number}</text>` +
  stroke('M252 152 L304 196 L344 174', kit.skin, 24) +
  path('M238 136 L266 146 L292 180 L266 206 L240 180Z', kit.shirt) +
  path('M196 118 h34 v22 q-17 12 -34 0Z', kit.skin) +
  ellipse(214, 92, 30, 35, kit.skin) +
  path('M182 92 C176 46 254 44 246 88 C240 72 226 66 212 68 C198 68 190 78 182 92Z', '#1D1816') +
  path('M196 120 Q214 132 232 116 Q222 134 206 128Z', '#000', 'opacity=".14"') +
  stroke('M218 86 q7 -4 13 0', '#1D1816', 3) +
  circle(226, 94, 2.8, '#1D1816') +
  stroke('M234 98 q6 8 0 10', '#000', 2, 'opacity=".3"') +
  stroke('M220 114 q8 2 13 -3', '#7A3B2B', 3) +
  ellipse(190, 98, 5, 8, kit.skin) +
  stroke('M189 94 q3 4 0 8', '#000', 1.6, 'opacity=".3"')

/** A shuttler in mid-smash, about 360 × 460. */
const smash = (kit: Kit): string =>
  stroke('M178 282 L132 340 L62 322', kit.skin, 27) +
  path('M62 308 l-20 -12 l-8 34 q16 14 30 6Z', '#fff') +
  stroke('M206 284 L252 352 L232 426', kit.skin, 27) +
  path('M220 424 h26 l26 18 q-2 12 -14 10 h-40Z', '#fff') +
  path('M162 252 h62 l34 76 l-38 14 l-24 -40 l-38 34 l-30 -26Z', kit.shorts) +
  path('M158 150 Q194 134 230 150 L226 266 Q194 276 160 266Z', kit.shirt) +
  stroke('M166 160 L112 186 L92 140', kit.skin, 20) +
  stroke('M224 160 L282 110 L262 52', kit.skin, 20) +
  path('M212 144 L238 142 L268 118 L258 152 L234 186Z', kit.shirt) +
  path('M166 146 l-34 26 l14 22 l32 -14Z', kit.shirt) +
  stroke('M262 52 L318 14', '#17181C', 6) +
  `<g transform="translate(352 -10) rotate(56)">${ellipse(0, 0, 26, 38, 'none', `stroke="${kit.trim}" stroke-width="5"`)}${times(5, (i) => stroke(`M${-16 + i * 8} -32 V32`, '#fff', 1.1))}${times(7, (i) => stroke(`M-22 ${-27 + i * 9} H22`, '#fff', 1.1))}</g>` +
  path('M180 124 h26 v24 q-13 10 -26 0Z', kit.skin) +
  ellipse(194, 104, 26, 31, kit.skin) +
  path('M166 104 C160 62 230 60 222 100 C216 86 204 82 192 84 C180 84 172 92 166 104Z', '#1D1816') +
  stroke('M168 96 Q194 84 222 94', kit.trim, 7)

/** A night match from behind the goal line, 760 × 600. */
export const nightMatch = (): string => {
  const next = random(90)
  const beam = (x: number, d: number): string =>
    polygon(
      [
        [x, 60],
        [x + 26, 60],
        [x + d + 130, 470],
        [x + d - 130, 470],
      ],
      '#FFF3D6',
      'opacity=".07"',
    )
  return svg(
    760,
    600,
    `<defs>${fade('malam', '#0D0F14', '#1B1E27', '#2C2A2E')}</defs>` +
      rect(0, 0, 760, 600, 'url(#malam)') +
      times(7, (row) =>
        times(48, (i) =>
          circle(
            round(i * 16.4 + (row % 2) * 8),
            190 + row * 22,
            6.4,
            ['#FF5A1F', '#3A3D47', '#FF7B45', '#4B4E59', '#D9471A', '#2F323B'][Math.floor(next() * 6)]!,
            `opacity="${round(0.5 + row * 0.07)}"`,
          ),
        ),
      ) +
      times(5, (i) =>
        group(
          `translate(${60 + i * 160} ${206 + (i % 2) * 40})`,
          stroke('M0 60 V0', '#8A8D96', 2) +
            path('M0 0 q20 -10 40 0 t40 0 v28 q-20 8 -40 0 t-40 0Z', i % 2 ? '#FF5A1F' : '#F4F0E6'),
        ),
      ) +
      [
        [70, 120],
        [640, -80],
      ]
        .map(
          ([x, d]) =>
            rect(x! - 14, 40, 54, 34, '#F4F0E6') +
            times(3, (j) => times(4, (i) => circle(x! - 6 + i * 13, 48 + j * 9, 3.4, '#FFF3C4'))) +
            stroke(`M${x! + 13} 74 V200`, '#4B4E59', 6) +
            beam(x!, d!),
        )
        .join('') +
      rect(0, 344, 760, 38, '#17181C') +
      times(
        6,
        (i) =>
          `<text x="${24 + i * 132}" y="369" font-family="Sans" font-weight="800" font-size="17" fill="${i % 2 ? '#F4F0E6' : '#FF5A1F'}">${['KAMI DI SINI', 'BANK SEMERU', 'KOPI DAMPIT'][i % 3]}</text>`,
      ) +
      polygon(
        [
          [0, 382],
          [760, 382],
          [760, 600],
          [0, 600],
        ],
        '#2F6B3D',
      ) +
      times(5, (i) =>
        polygon(
          [
            [i * 190 - 60, 382],
            [i * 190 + 30, 382],
            [i * 215 + 40, 600],
            [i * 215 - 80, 600],
          ],
          '#37794A',
        ),
      ) +
      stroke('M0 470 H760', '#E9F0E2', 4) +
      ellipse(380, 582, 300, 60, 'none', 'stroke="#E9F0E2" stroke-width="4"') +
      '<radialGradient id="lampu"><stop offset="0" stop-color="#FFE3C4" stop-opacity=".5"/><stop offset="1" stop-color="#FFE3C4" stop-opacity="0"/></radialGradient>' +
      ellipse(380, 190, 380, 230, 'url(#lampu)') +
      group(
        'translate(150 80) scale(1.02)',
        ellipse(206, 494, 120, 12, '#000', 'opacity=".35"') +
          stroke('M350 330 Q420 340 470 296', '#FFB28E', 5, 'opacity=".7" stroke-dasharray="2 12"') +
          striker({ shirt: '#FF5A1F', shorts: '#F4F0E6', socks: '#FF5A1F', skin: '#A86C45', trim: '#fff' }, '9') +
          ball(494, 268, 30) +
          stroke('M440 300 L462 286 M430 280 L456 270', '#fff', 4, 'opacity=".7"'),
      ),
  )
}

/** The court, 420 × 300. */
export const court = (): string =>
  svg(
    420,
    300,
    rect(0, 0, 420, 300, '#1E6B5C') +
      polygon(
        [
          [60, 300],
          [130, 190],
          [420, 190],
          [420, 300],
        ],
        '#2B8A76',
      ) +
      stroke('M60 300 L130 190 H420 M96 244 H420', '#F4F0E6', 3) +
      rect(0, 120, 420, 46, '#17181C', 'opacity=".5"') +
      times(40, (i) => stroke(`M${i * 11} 122 V164`, '#F4F0E6', 0.6, 'opacity=".5"')) +
      rect(0, 117, 420, 6, '#F4F0E6') +
      group(
        'translate(96 60) scale(.56)',
        smash({ shirt: '#F4F0E6', shorts: '#17181C', socks: '#fff', skin: '#C98D62', trim: '#FF5A1F' }),
      ) +
      group(
        'translate(352 70) rotate(30)',
        circle(0, 10, 7, '#fff') +
          polygon(
            [
              [-7, 8],
              [7, 8],
              [14, -22],
              [-14, -22],
            ],
            '#F4F0E6',
          ),
      ),
  )

/** A street race at dawn, 420 × 300. */
export const race = (): string => {
  const runner = (x: number, y: number, s: number, shirt: string, skin: string): string =>
    group(
      `translate(${x} ${y}) scale(${s})`,
      stroke('M0 -40 L-26 -16 L-46 -30', skin, 10) +
        stroke('M4 -40 L26 -22 L20 6', skin, 10) +
        path('M-46 -36 l-8 14 l8 6Z M12 4 h18 l8 8 h-26Z', '#17181C') +
        path('M-14 -46 H16 L22 -30 L2 -28 L-18 -26Z', '#17181C') +
        path('M-10 -92 Q4 -100 18 -90 L14 -42 H-14Z', shirt) +
        stroke('M-6 -86 L-28 -66 L-16 -50 M14 -86 L34 -72 L46 -90', skin, 8) +
        circle(8, -112, 14, skin) +
        path('M-6 -114 Q-6 -128 10 -128 Q22 -126 22 -114 Q8 -120 -6 -114Z', '#1D1816'),
    )
  return svg(
    420,
    300,
    rect(0, 0, 420, 300, '#F7C79A') +
      circle(320, 100, 44, '#FBE6B8') +
      times(9, (i) => rect(i * 50 - 10, 170 - ((i * 47) % 80), 42, 150, i % 2 ? '#C9876B' : '#B87761')) +
      polygon(
        [
          [0, 216],
          [420, 196],
          [420, 300],
          [0, 300],
        ],
        '#4A4A52',
      ) +
      stroke('M0 262 L420 250', '#F4F0E6', 4, 'stroke-dasharray="30 22"') +
      runner(320, 226, 0.8, '#1E6B5C', '#8A5636') +
      runner(210, 248, 1.05, '#F4F0E6', '#B9805A') +
      runner(92, 270, 1.3, '#FF5A1F', '#A06A45'),
  )
}

/** A tactics board, 420 × 300. */
export const tactics = (): string =>
  svg(
    420,
    300,
    rect(0, 0, 420, 300, '#24262E') +
      rect(24, 24, 372, 252, 'none', 'stroke="#F4F0E6" stroke-width="2.4"') +
      stroke('M210 24 V276', '#F4F0E6', 2.4) +
      circle(210, 150, 40, 'none', 'stroke="#F4F0E6" stroke-width="2.4"') +
      rect(24, 90, 56, 120, 'none', 'stroke="#F4F0E6" stroke-width="2.4"') +
      rect(340, 90, 56, 120, 'none', 'stroke="#F4F0E6" stroke-width="2.4"') +
      [
        [60, 150],
        [120, 70],
        [110, 150],
        [120, 230],
        [190, 100],
        [186, 200],
        [270, 60],
        [262, 150],
        [278, 240],
      ]
        .map(([x, y]) => circle(x!, y!, 11, '#FF5A1F'))
        .join('') +
      [
        [150, 120],
        [240, 200],
        [310, 110],
        [320, 190],
        [300, 150],
      ]
        .map(([x, y]) => stroke(`M${x! - 8} ${y! - 8} l16 16 M${x! + 8} ${y! - 8} l-16 16`, '#F4F0E6', 4))
        .join('') +
      stroke('M190 100 Q240 60 330 70 M262 150 Q300 170 350 140', '#FFD27A', 3.4, 'stroke-dasharray="9 8"') +
      path('M326 60 l16 10 l-17 8Z M344 130 l14 6 l-8 12Z', '#FFD27A'),
  )

/** A club's badge. */
export const badge = (main: string, trim: string, shape: 'shield' | 'round' | 'diamond'): string => {
  const outlines = {
    shield: 'M4 4 H36 V22 Q36 36 20 40 Q4 36 4 22Z',
    round: 'M20 2 a18 18 0 1 0 .1 0Z',
    diamond: 'M20 1 L38 20 L20 39 L2 20Z',
  }
  return `<svg class="badge" viewBox="0 0 40 42">${path(outlines[shape], main)}${shape === 'shield' ? rect(17, 4, 6, 35, trim) : shape === 'round' ? circle(20, 20, 9, trim) : path('M20 10 L30 20 L20 30 L10 20Z', trim)}</svg>`
}
