// The icons of the product: one stroke weight, drawn on a 20-unit grid. An icon is decoration beside a word; where it stands
// alone, `label` names it.
import { cx } from './class-names.ts'

const paths = {
  'arrow-right': 'M4 10h12M11 5l5 5-5 5',
  'arrow-left': 'M16 10H4M9 5l-5 5 5 5',
  'arrow-up-right': 'M6 14 14 6M7 6h7v7',
  check: 'm4 10.5 4 4 8-9',
  'check-circle': 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM6.8 10.2l2.3 2.3 4.2-4.7',
  clock: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 6v4.2l2.8 1.7',
  alert: 'M10 3 2.5 16.5h15L10 3ZM10 8v4M10 14.3v.2',
  info: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 9.2v4.3M10 6.5v.2',
  close: 'M5 5l10 10M15 5 5 15',
  'x-circle': 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM7.5 7.5l5 5M12.5 7.5l-5 5',
  menu: 'M3 6h14M3 10h14M3 14h14',
  'chevron-down': 'm5 7.5 5 5 5-5',
  'chevron-right': 'm7.5 5 5 5-5 5',
  'chevron-left': 'm12.5 5-5 5 5 5',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  dots: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  sun: 'M10 13.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM10 2.2v1.6M10 16.2v1.6M2.2 10h1.6M16.2 10h1.6M4.5 4.5l1.1 1.1M14.4 14.4l1.1 1.1M15.5 4.5l-1.1 1.1M5.6 14.4l-1.1 1.1',
  moon: 'M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3Z',
  screen: 'M3 4.5h14v9H3zM7 17h6M10 13.5V17',
  globe:
    'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM2.5 10h15M10 2.5c2.2 2.2 3 4.6 3 7.5s-.8 5.3-3 7.5c-2.2-2.2-3-4.6-3-7.5s.8-5.3 3-7.5Z',
  user: 'M10 10a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 10 10ZM3.8 16.8a6.3 6.3 0 0 1 12.4 0',
  users:
    'M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2 16.5a5.6 5.6 0 0 1 11 0M13 3.7a3 3 0 0 1 0 5.6M15 12.2a5.6 5.6 0 0 1 3 4.3',
  copy: 'M7 7h9.5v9.5H7zM13 7V3.5H3.5V13H7',
  mail: 'M2.8 4.8h14.4v10.4H2.8zM3 5.2l7 5.6 7-5.6',
  phone: 'M6.5 2.5h7v15h-7zM9 14.9h2',
  lock: 'M4.5 9h11v8h-11zM6.8 9V6.3a3.2 3.2 0 0 1 6.4 0V9',
  shield: 'M10 2.5 3.8 4.8v4.7c0 3.9 2.6 6.6 6.2 8 3.6-1.4 6.2-4.1 6.2-8V4.8L10 2.5ZM7.2 10l2 2 3.6-4',
  download: 'M10 3v9.5M5.8 8.5 10 12.7l4.2-4.2M3.5 16.5h13',
  search: 'M9 15a6 6 0 1 0 0-12 6 6 0 0 0 0 12ZM13.4 13.4 17.2 17.2',
  refresh: 'M16.3 7.5A6.8 6.8 0 0 0 3.4 8.6M3.7 12.5a6.8 6.8 0 0 0 12.9-1.1M16.7 3.6v4h-4M3.3 16.4v-4h4',
  play: 'M6 3.8v12.4L16 10 6 3.8Z',
  pause: 'M6.5 4v12M13.5 4v12',
  eye: 'M1.8 10S4.8 4.5 10 4.5 18.2 10 18.2 10 15.2 15.5 10 15.5 1.8 10 1.8 10ZM10 12.4a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8Z',
  pencil: 'm12.8 3.8 3.4 3.4-9 9H3.8v-3.4l9-9ZM11 5.6 14.4 9',
  trash: 'M3.5 5.5h13M8 5.5V3h4v2.5M5.2 5.5l.8 11.5h8l.8-11.5',
  inbox: 'M2.8 11.5 5 4h10l2.2 7.5v5H2.8v-5ZM2.8 11.5h4.4L8.4 14h3.2l1.2-2.5h4.4',
  list: 'M7 5h10M7 10h10M7 15h10M3.2 5h.2M3.2 10h.2M3.2 15h.2',
  board: 'M3 3.5h4v13H3zM8.5 3.5h4V12h-4zM14 3.5h3.5V9H14z',
  receipt: 'M4.5 2.8h11v14.6l-2.2-1.5-1.7 1.5-1.6-1.5-1.6 1.5-1.7-1.5-2.2 1.5V2.8ZM7.5 7h5M7.5 10.3h5',
  home: 'M3 9.2 10 3.3l7 5.9V17h-5v-4.5H8V17H3V9.2Z',
  layers: 'm10 2.8 7.5 4L10 10.8l-7.5-4 7.5-4ZM2.5 10.3l7.5 4 7.5-4M2.5 13.6l7.5 4 7.5-4',
  bolt: 'M11 2.5 4 11.5h5.2L9 17.5l7-9h-5.2L11 2.5Z',
  chat: 'M3 3.8h14v10H9.5L5.5 17v-3.2H3v-10Z',
  bell: 'M5.2 13.5V9a4.8 4.8 0 0 1 9.6 0v4.5l1.4 1.7H3.8l1.4-1.7ZM8.3 17.3h3.4',
  settings: 'M3 6h6M13 6h4M3 14h4M11 14h6M11 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM9 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  building: 'M4 17.2V3h7.5v14.2M11.5 8H16v9.2M2.5 17.2h15M6.8 6.2h1.9M6.8 9.4h1.9M6.8 12.6h1.9',
  school: 'M1.8 8 10 4l8.2 4L10 12 1.8 8ZM5 9.8v4.4c1.4 1.2 3 1.8 5 1.8s3.6-.6 5-1.8V9.8M18.2 8v5',
  newspaper: 'M3 4h11v12.2H4.5A1.5 1.5 0 0 1 3 14.7V4ZM14 7.5h3v7.2a1.5 1.5 0 0 1-3 0M5.8 7h5.4M5.8 10h5.4M5.8 13h3',
  qr: 'M3 3h5.5v5.5H3zM11.5 3H17v5.5h-5.5zM3 11.5h5.5V17H3zM11.5 11.5h2.2v2.2M17 11.5V14M11.5 17h2.2M17 17h-.2',
  'sign-out': 'M12 6V3.5H3.5v13H12V14M8 10h9.5M14.3 6.8 17.5 10l-3.2 3.2',
  undo: 'M4 7.5h8a4.2 4.2 0 0 1 0 8.5H7M7.2 4.2 4 7.5l3.2 3.3',
  flag: 'M4.5 17.5V3M4.5 3.8h9.8l-2 3.4 2 3.4H4.5',
  support:
    'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM4.7 4.7l3.2 3.2M12.1 12.1l3.2 3.2M15.3 4.7l-3.2 3.2M7.9 12.1l-3.2 3.2',
} as const

export type IconName = keyof typeof paths

export function Icon({ name, label, className }: { name: IconName; label?: string; className?: string }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'dots' ? 2.4 : 1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={cx('inline-block size-[1.15em] shrink-0 align-[-0.16em]', className)}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <path d={paths[name]} />
    </svg>
  )
}
