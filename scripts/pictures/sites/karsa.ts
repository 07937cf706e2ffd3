import { floorPlan, pavilion, rosterWall, stackedTower, tropicalHouse } from '../art/architecture.ts'
import { portrait } from '../art/portrait.ts'
import type { Site } from '../site.ts'

const css = `
body{background:#E8E4DD;color:#1F1E1C;font-weight:400}h1,h2{word-spacing:.14em}
.mono{font:400 11px/1.5 Mono;letter-spacing:-.01em;color:#6E6A63}
.frame{display:grid;grid-template-columns:208px 1fr}
aside{padding:36px 24px 36px 28px;border-right:1px solid #CFC9BF;display:flex;flex-direction:column;height:960px}
.mark{display:flex;align-items:center;gap:10px;font-size:25px;font-weight:300;letter-spacing:-.03em}
.mark i{width:14px;height:22px;background:#C8452B;display:block;clip-path:polygon(0 0,100% 40%,100% 100%,0 100%)}
aside nav{margin-top:84px;display:grid;gap:11px;font-size:15px}
aside nav b{font-weight:500}aside nav b::before{content:'';display:inline-block;width:18px;border-top:1.5px solid #C8452B;vertical-align:middle;margin-right:8px}
aside .foot{margin-top:auto;display:grid;gap:16px}
.hero{height:632px}
.intro{display:grid;grid-template-columns:1fr 250px;gap:56px;padding:40px 48px 0}
h1{font-weight:200;font-size:68px;line-height:1.06;letter-spacing:-.045em}
h1 em{font-weight:300}
.intro p{font-size:15px;line-height:1.6;color:#45423D}
.intro a{display:inline-block;margin-top:18px;border-bottom:1.5px solid #C8452B;font-weight:600;padding-bottom:3px;font-size:14px}
.works{padding:88px 48px 0 256px;position:relative}
.works>h2,.side{position:absolute;left:28px;top:88px;width:170px;font-weight:300;font-size:28px;line-height:1.15;letter-spacing:-.03em}
.grid{display:grid;grid-template-columns:5fr 4fr;gap:40px 32px}
figure .art{background:#D8D2C8}figcaption{display:flex;justify-content:space-between;padding-top:12px;font-weight:500}
.a{height:600px}.b{height:360px}.c{height:300px}.d{height:340px}
.up{margin-top:-120px}
.method{margin:96px 48px 0 256px;border-top:1px solid #1F1E1C;display:grid;grid-template-columns:repeat(4,1fr);position:relative}
.method li{padding:18px 20px 0 0}.method b{display:block;font-weight:500;font-size:18px;margin:34px 0 8px}.method p{font-size:13.5px;color:#55514A}
.people{padding:88px 48px 96px 256px;position:relative}.people ul{display:grid;grid-template-columns:repeat(4,1fr);gap:24px}
.people .art{height:230px;filter:grayscale(1) contrast(.95)}.people b{display:block;font-weight:500;margin-top:10px}
footer{background:#1F1E1C;color:#E8E4DD;padding:64px 48px 40px 256px;position:relative}
footer h2{font-weight:200;font-size:56px;letter-spacing:-.04em;line-height:1.08}footer .cols{display:grid;grid-template-columns:repeat(3,1fr);gap:32px;margin-top:56px;font-size:14px}footer .mono{color:#A8A298}
footer .mark{position:absolute;left:28px;top:68px}
@media(max-width:600px){.frame{display:block}aside{height:auto;padding:20px;border:0;flex-direction:row;justify-content:space-between}aside nav,aside .foot{display:none}aside::after{content:'Menu';font-size:14px;font-weight:500;border-bottom:1.5px solid #C8452B;height:24px}.hero{height:330px}.intro{display:block;padding:28px 20px}h1{font-size:44px;margin-bottom:20px}.works,.people,footer{padding:40px 20px}.works>h2,.side{position:static;width:auto;margin-bottom:20px}.grid,.method{grid-template-columns:1fr;margin-left:20px;margin-right:20px}.grid{margin:0}.up{margin:0}.people ul,footer .cols{grid-template-columns:1fr 1fr}footer .mark{position:static}}
`

const work = (size: string, art: string, name: string, place: string): string =>
  `<figure><div class="${size}">${art}</div><figcaption><span>${name}</span><span class="mono">${place}</span></figcaption></figure>`

const step = (number: string, title: string, text: string): string =>
  `<li><span class="mono">${number}</span><b>${title}</b><p>${text}</p></li>`

const member = (art: string, name: string, role: string): string =>
  `<li>${art}<b>${name}</b><span class="mono">${role}</span></li>`

const body = `
<div class="frame"><aside>
<div class="mark"><i></i>karsa</div>
<nav><b>Beranda</b><a>Karya</a><a>Studio</a><a>Metode</a><a>Jurnal</a><a>Kontak</a></nav>
<div class="foot mono"><span>Bukit Dago Utara 18<br>Bandung 40135</span><span>halo@karsa.id<br>(022) 250 1187</span><span>ID &nbsp;/&nbsp; EN</span></div>
</aside><div>
<div class="hero">${tropicalHouse()}</div>
<div class="intro"><h1>Ruang yang bernapas<br>bersama <em>iklimnya.</em></h1>
<div><p class="mono" style="margin-bottom:14px">Lembang, 2025, 412 m²</p><p>Karsa merancang rumah, kantor, dan bangunan publik yang teduh tanpa banyak mesin, sejak 2009.</p><a>Lihat 64 karya</a></div></div>
</div></div>
<section class="works"><h2>Karya pilihan</h2><div class="grid">
${work('a', stackedTower('#D9D3C8', '#F1EDE6', '#D6CFC3', '#B9B1A4', '#6C8388'), 'Apartemen Setiabudi', 'Jakarta, 2024')}
${work('b', rosterWall('#C9785A', '#A85D42', '#E3A184'), 'Kantor Batu Api', 'Semarang, 2023')}
${work('c', pavilion('#D5DAD2', '#A4573C', '#87452F', '#4B3B30', '#98A08C'), 'Pendopo Desa Nglanggeran', 'Gunungkidul, 2022')}
<div class="up">${work('d', floorPlan('#F2EFE9', '#2A2927', '#C8452B'), 'Rumah Taman Dalam', 'Malang, 2025')}</div>
</div></section>
<ol class="method">
${step('01', 'Membaca tapak', 'Arah angin, bayangan, air, dan kebiasaan penghuni dicatat selama dua minggu.')}
${step('02', 'Menyusun ruang', 'Tiga skenario denah dengan perkiraan biaya, dibahas bersama di studio.')}
${step('03', 'Menguji rinci', 'Maket, simulasi cahaya, dan contoh bahan dalam ukuran sebenarnya.')}
${step('04', 'Mengawal bangun', 'Arsitek hadir di lapangan setiap pekan sampai kunci diserahkan.')}
</ol>
<section class="people"><h2 class="side">Orang-orang studio</h2><ul>
${member(portrait({ hair: 'grey', background: '#CFC8BC', shirt: '#4A4844', glasses: true }), 'Bramantya Wisesa', 'Prinsipal, IAI')}
${member(portrait({ hair: 'bun', background: '#C3BCB0', shirt: '#E8E4DD', skin: 0 }), 'Laras Kinanti', 'Prinsipal, IAI')}
${member(portrait({ hair: 'side', background: '#D6D0C5', shirt: '#2C2B29', skin: 2, beard: true }), 'Yosef Tampubolon', 'Arsitek proyek')}
${member(portrait({ hair: 'hijab', background: '#C9C2B6', shirt: '#6D675E', accent: '#8A8278' }), 'Nadia Rahmawati', 'Arsitek lanskap')}
</ul></section>
<footer><div class="mark"><i></i>karsa</div><h2>Punya tapak?<br>Mari duduk dan menggambar.</h2>
<div class="cols"><div><span class="mono">Studio</span><br>Jl. Bukit Dago Utara 18, Bandung</div><div><span class="mono">Surel</span><br>halo@karsa-arsitek.id</div><div><span class="mono">Jam kunjung</span><br>Senin–Jumat, 09.00–17.00</div></div></footer>`

export const karsa: Site = {
  slug: 'karsa',
  plan: 'company',
  name: 'Karsa',
  describes: {
    id: 'Tenang dan lapang untuk arsitek, desainer, dan konsultan yang ingin karyanya berbicara lebih dulu.',
    en: 'Calm and spacious, for architects, designers and consultants who let the work speak first.',
  },
  palette: ['#E8E4DD', '#1F1E1C', '#C8452B', '#5F7256'],
  css,
  body,
}
