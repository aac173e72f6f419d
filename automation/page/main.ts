import { PAGE_IDS, type PageData } from "../report/page-data";
import "./page.css";
import { showPage } from "./show-page";

const [place, data] = [document.getElementById(PAGE_IDS.app), document.getElementById(PAGE_IDS.data)];
if (place && data) {
  showPage(place, JSON.parse(data.textContent ?? "") as PageData);
  // For whoever waits until everything is drawn.
  document.documentElement.dataset["ready"] = "true";
}
