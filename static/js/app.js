// What pages do quicker with script; every act works without it. No inline handlers, no eval: the policy forbids both.
(() => {
  "use strict";
  const root = document.documentElement;
  const find = (selector) => document.querySelector(selector);
  root.classList.add("js");

  // Menus are <details>: one open at a time, closed by Escape and by a click outside.
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (menu !== except) menu.open = false;
    }
  };

  // The drawer opens by address (#nav) without script; with it, focus goes in and comes back, and the page behind waits.
  const drawer = find("#nav");
  let opener = null;
  const behind = () => document.querySelectorAll(".topbar, .page");
  const openDrawer = (link) => {
    opener = link;
    drawer.classList.add("show");
    behind().forEach((part) => { part.inert = true; });
    drawer.focus();
  };
  const closeDrawer = () => {
    drawer.classList.remove("show");
    behind().forEach((part) => { part.inert = false; });
    if (opener) opener.focus();
    opener = null;
  };

  document.addEventListener("click", (event) => {
    const target = event.target;
    closeMenus(target.closest("details.menu"));
    const link = target.closest('a[href="#nav"]');
    if (link && drawer) {
      event.preventDefault();
      openDrawer(link);
    } else if (opener && target.closest('.scrim, .sidenav a[href="#main"]')) {
      event.preventDefault();
      closeDrawer();
    }
    const ask = target.closest("[data-confirm]");
    const dialog = ask && document.getElementById(ask.dataset.confirm);
    if (dialog) {
      event.preventDefault();
      dialog.showModal();
    }
    const close = target.closest("[data-close]");
    const shown = close && close.closest("dialog[open], .toast-line, .notice");
    if (shown) {
      event.preventDefault();
      if (shown.matches("dialog")) shown.close();
      else shown.remove();
    }
    if (target.closest("[data-print]")) window.print();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = find("details.menu[open]");
    closeMenus(null);
    if (menu) menu.querySelector("summary").focus();
    if (opener) closeDrawer();
  });

  // Choices that reload a list or change the year.
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && "autosubmit" in form.dataset && event.target.matches("select, [type=radio], [type=checkbox]")) form.requestSubmit();
  });

  // Typed text is not lost by leaving, nor sent twice by a double click.
  const dirty = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && "guard" in form.dataset) dirty.add(form);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    dirty.delete(form);
    if (form.method !== "post" || form.matches("[hx-post]")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    // A form may answer with a file and leave the page as it is.
    window.setTimeout(() => { delete form.dataset.sent; }, 3000);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
  });

  // Trouble on the line, and passkeys that were refused, say so in words.
  const tell = (text) => {
    const outlet = find("#toasts");
    if (!outlet || !text) return;
    const line = document.createElement("div");
    line.className = "toast-line";
    line.textContent = text;
    outlet.replaceChildren(line);
  };
  for (const name of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(name, () => tell(find("#toasts").dataset.failed));
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const line = find("[data-passkey-failed]");
    if (line) line.hidden = false;
  });
})();
