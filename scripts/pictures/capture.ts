import type { Page } from 'playwright-core'

/** A PNG of the page. On a busy machine Chromium now and then has no frame to hand out; asking again is the remedy. */
export const capture = async (page: Page, fullPage = false, attempts = 5): Promise<Buffer> => {
  try {
    return await page.screenshot({ fullPage })
  } catch (error) {
    if (attempts <= 1) throw error
    return capture(page, fullPage, attempts - 1)
  }
}
