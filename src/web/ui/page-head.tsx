// Title, description, language alternatives and the picture for sharing. React moves them into the head. The address of a page
// is the same in both languages, so each language is also offered to search engines under `?lang=`.
import { useLocation } from 'react-router'
import { locales } from '../../platform/contract/shapes.ts'
import { m } from '../i18n/generated/messages.js'
import { getLocale } from '../i18n/generated/runtime.js'
import { useReader } from '../reader.ts'

const territories = { id: 'id_ID', en: 'en_GB' }

export function PageHead({
  title,
  description,
  image = '/social.png',
  index = true,
}: {
  title: string
  description?: string
  /** A path on this server. */
  image?: string
  /** Whether search engines may list the page. */
  index?: boolean
}) {
  const { publicUrl } = useReader()
  const { pathname, search } = useLocation()
  const asked = new URLSearchParams(search).get('lang')
  const address = publicUrl + (pathname === '/' ? '/' : pathname)
  const locale = getLocale()
  const full = `${title} · ${m.common_brand()}`
  return (
    <>
      <title>{full}</title>
      {description && <meta name="description" content={description} />}
      {index ? (
        <>
          <link rel="canonical" href={asked === locale ? `${address}?lang=${locale}` : address} />
          <link rel="alternate" hrefLang="x-default" href={address} />
          {locales.map((each) => (
            <link key={each} rel="alternate" hrefLang={each} href={`${address}?lang=${each}`} />
          ))}
        </>
      ) : (
        <meta name="robots" content="noindex" />
      )}
      <meta property="og:site_name" content={m.common_brand()} />
      <meta property="og:type" content="website" />
      <meta property="og:title" content={title} />
      {description && <meta property="og:description" content={description} />}
      <meta property="og:url" content={address} />
      <meta property="og:image" content={publicUrl + image} />
      <meta property="og:locale" content={territories[locale]} />
      <meta name="twitter:card" content="summary_large_image" />
    </>
  )
}
