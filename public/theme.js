// Runs before the page is painted: puts the reader's own choice of colours and type size on <html>.
(function () {
  var root = document.documentElement;
  root.setAttribute('data-js', '');
  try {
    var theme = localStorage.getItem('theme');
    if (theme === 'light' || theme === 'dark' || theme === 'contrast') root.setAttribute('data-theme', theme);
    if (localStorage.getItem('text') === 'large') root.setAttribute('data-text', 'large');
  } catch (e) {
    // Storage is closed to us: the device's own setting stays.
  }
})();
