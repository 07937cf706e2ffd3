// News about something that is not on the screen appears beside it. What is on the screen changes before the reader's eyes.
import { useLocation, useNavigate } from 'react-router'
import { m } from '../../../i18n/generated/messages.js'
import { useLive } from '../../../ui/live.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { sentenceOf } from './news.ts'

export function NewsToasts() {
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const toast = useToast()
  useLive((news) => {
    const sentence = sentenceOf(news)
    const visible = sentence !== null && (pathname === '/portal' || pathname.startsWith(sentence.to))
    // The payment page tells of its own project, whose work begins with the payment.
    if (sentence === null || visible || pathname.endsWith('/pay')) return
    toast({ title: sentence.text, action: { label: m.portal_news_open(), run: () => void navigate(sentence.to) } })
  })
  return null
}
