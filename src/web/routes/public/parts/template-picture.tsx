// A template as people see it: a page in a window.
import { Link as RouterLink } from 'react-router'
import type { Output } from '../../../../platform/contract/operation.ts'
import type { listTemplates } from '../../../../domains/content/contract.ts'
import { m } from '../../../i18n/generated/messages.js'
import { cx } from '../../../ui/class-names.ts'

export type Template = Output<typeof listTemplates>['data'][number]
type Picture = Template['picture']

export function Window({
  picture,
  small,
  alt,
  sizes = '(min-width: 64rem) 36rem, 100vw',
  eager = false,
  className,
}: {
  picture: Picture
  /** The same picture in a small size, for small places. */
  small?: Picture
  alt: string
  sizes?: string
  eager?: boolean
  className?: string
}) {
  return (
    <div className={cx('overflow-hidden rounded-base border border-line bg-raised', className)}>
      <div aria-hidden className="flex h-6 items-center gap-1.5 border-b border-line bg-sunken px-3">
        <span className="size-2 rounded-full bg-line" />
        <span className="size-2 rounded-full bg-line" />
        <span className="size-2 rounded-full bg-line" />
      </div>
      <img
        src={picture.url}
        {...(small &&
          small.url !== picture.url && { srcSet: `${small.url} ${small.width}w, ${picture.url} ${picture.width}w` })}
        sizes={sizes}
        width={picture.width}
        height={picture.height}
        alt={alt}
        loading={eager ? 'eager' : 'lazy'}
        fetchPriority={eager ? 'high' : 'auto'}
        decoding="async"
        className="block h-auto w-full"
      />
    </div>
  )
}

export function Phone({
  picture,
  alt,
  eager = false,
  className,
}: {
  picture: Picture
  alt: string
  eager?: boolean
  className?: string
}) {
  return (
    <div className={cx('overflow-hidden rounded-[1.4rem] border-[5px] border-ink bg-ink dark:border-line', className)}>
      <img
        src={picture.url}
        width={picture.width}
        height={picture.height}
        alt={alt}
        loading={eager ? 'eager' : 'lazy'}
        decoding="async"
        className="block h-auto w-full rounded-[1.05rem]"
      />
    </div>
  )
}

/** A template in a list; the whole tile leads to its page. */
export function TemplateTile({ template, note }: { template: Template; note?: string }) {
  return (
    <article className="group relative">
      <Window
        picture={template.picture}
        small={template.thumbnail}
        alt=""
        sizes="(min-width: 64rem) 23rem, (min-width: 40rem) 45vw, 90vw"
        className="transition-[border-color,translate] duration-200 group-hover:-translate-y-1 group-hover:border-edge"
      />
      <div className="mt-4 flex items-baseline justify-between gap-3">
        <h3 className="text-body font-semibold">
          <RouterLink
            to={`/template/${template.slug}`}
            className="text-ink no-underline after:absolute after:inset-0 group-hover:text-nila"
          >
            {template.name}
          </RouterLink>
        </h3>
        {note && <p className="text-caption text-faint">{note}</p>}
      </div>
      <p className="mt-1 text-small text-soft">{template.description}</p>
    </article>
  )
}

export const fullAlt = (template: Template) => m.public_template_full_alt({ name: template.name })
