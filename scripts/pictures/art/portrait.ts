import { circle, ellipse, path, rect, stroke, svg } from './draw.ts'

export type Look = {
  readonly hair: 'short' | 'side' | 'long' | 'bun' | 'hijab' | 'peci' | 'grey'
  readonly background: string
  readonly shirt: string
  /** Colour of the headscarf or the collar. */
  readonly accent?: string
  readonly skin?: 0 | 1 | 2 | 3
  readonly glasses?: boolean
  readonly beard?: boolean
  readonly coat?: boolean
}

const skins = [
  ['#E9B98F', '#D49E73'],
  ['#D9A074', '#BF8458'],
  ['#C08457', '#A46B42'],
  ['#F0C7A3', '#DCAA82'],
] as const

const dark = '#231C1C'

/** Head and shoulders in flat shapes, lit from the left. */
export const portrait = (look: Look): string => svg(200, 240, drawPortrait(look))

export const drawPortrait = (look: Look): string => {
  const [skin, shade] = skins[look.skin ?? 1]
  const accent = look.accent ?? '#FFFFFF'
  const hair = look.hair === 'grey' ? '#8B8885' : dark
  const body =
    path('M14 240 C16 196 52 178 100 176 C148 178 184 196 186 240Z', look.shirt) +
    (look.coat
      ? path('M78 178 L100 214 L122 178 L116 174 H84Z', accent) +
        stroke('M76 179 L92 240 M124 179 L108 240', 'rgba(0,0,0,.12)', 2)
      : path('M80 177 Q100 200 120 177 L114 172 H86Z', shade))
  const neck = path('M82 138 H118 V172 Q100 192 82 172Z', shade)
  const face =
    ellipse(100, 110, 37, 46, skin) +
    path('M104 64 C150 70 146 150 104 155.6 C124 140 124 84 104 64Z', shade, 'opacity=".55"')
  const features =
    stroke('M80 103 q6 -4 12 0 M108 103 q6 -4 12 0', dark, 2.4, 'opacity=".75"') +
    circle(86, 111, 2.6, dark) +
    circle(114, 111, 2.6, dark) +
    stroke('M100 114 q4 9 -2 10', shade, 2.2) +
    stroke('M90 135 q10 7 20 0', '#8E4B3C', 2.6)
  const glasses = look.glasses
    ? stroke(
        'M76 111 a10 9 0 1 0 20 0 a10 9 0 1 0 -20 0 M104 111 a10 9 0 1 0 20 0 a10 9 0 1 0 -20 0 M96 110 q4 -3 8 0 M76 109 L64 106 M124 109 L136 106',
        dark,
        2,
      )
    : ''
  const beard = look.beard
    ? path(
        'M64 120 C66 150 82 164 100 164 C118 164 134 150 136 120 C130 134 122 128 100 128 C78 128 70 134 64 120Z',
        hair,
        'opacity=".9"',
      ) + stroke('M91 139 q9 5 18 0', skin, 2.6)
    : ''
  return (
    rect(0, 0, 200, 240, look.background) +
    behind(look, hair, accent) +
    neck +
    body +
    face +
    features +
    beard +
    glasses +
    front(look, hair, accent)
  )
}

const behind = (look: Look, hair: string, accent: string): string => {
  if (look.hair === 'long')
    return path(
      'M52 108 C46 50 78 42 102 42 C134 42 154 62 148 112 C150 150 160 172 150 194 C120 208 80 208 50 194 C42 172 52 150 52 108Z',
      hair,
    )
  if (look.hair === 'bun') return circle(100, 40, 19, hair) + ellipse(100, 92, 44, 48, hair)
  if (look.hair === 'hijab')
    return path('M100 40 C56 40 46 88 50 134 L40 190 H160 L150 134 C154 88 144 40 100 40Z', accent)
  return ''
}

const front = (look: Look, hair: string, accent: string): string => {
  switch (look.hair) {
    case 'hijab':
      return (
        path(
          'M100 40 C54 40 46 92 52 138 C56 164 44 180 34 192 C64 222 136 222 166 192 C156 180 144 164 148 138 C154 92 146 40 100 40Z M100 68 C126 68 134 92 133 116 C132 140 118 157 100 157 C82 157 68 140 67 116 C66 92 74 68 100 68Z',
          accent,
          'fill-rule="evenodd"',
        ) +
        path(
          'M133 116 C132 140 118 157 100 157 C92 158 84 154 78 147 C92 170 122 178 148 160 C146 154 147 146 148 138 C151 112 148 78 128 54 C134 74 134 96 133 116Z',
          'rgba(0,0,0,.1)',
        ) +
        stroke('M66 168 Q100 196 142 166', 'rgba(0,0,0,.14)', 2.4)
      )
    case 'peci':
      return (
        path('M62 100 Q62 84 66 74 H134 Q138 84 138 100 Q132 88 126 82 H74 Q66 90 62 100Z', hair) +
        path('M62 78 L68 38 Q100 28 132 38 L138 78 Q100 66 62 78Z', accent === '#FFFFFF' ? '#17171B' : accent) +
        path('M108 33 L132 38 L138 78 Q124 73 110 72Z', 'rgba(255,255,255,.08)')
      )
    case 'long':
      return path('M60 118 C56 74 76 58 104 56 C132 58 146 78 141 120 C138 96 126 84 112 76 C96 92 70 90 60 118Z', hair)
    case 'bun':
      return path('M60 112 C58 74 78 60 100 60 C122 60 142 74 140 112 C136 90 120 78 100 76 C80 78 64 90 60 112Z', hair)
    case 'side':
      return path(
        'M60 110 C52 62 78 42 106 44 C140 44 150 76 140 112 C138 96 134 88 126 82 C106 88 86 82 80 74 C74 84 62 92 60 110Z',
        hair,
      )
    default:
      return path(
        'M61 108 C54 66 74 48 102 48 C132 48 146 70 139 108 C138 94 134 86 128 80 Q100 70 72 80 C66 88 62 98 61 108Z',
        hair,
      )
  }
}
