// Whole pages of web-app templates, as their packages ship them.

const template = (name, folder, path, more) => ({ name, group: 'templates', folder, path, quietMs: 400, ...more })

export const templates = [
  template('sb-admin-2', 'startbootstrap-sb-admin-2', 'index.html'),
  template('sb-admin-2-buttons', 'startbootstrap-sb-admin-2', 'buttons.html'),
  template('sb-admin', 'startbootstrap-sb-admin/dist', 'index.html'),
  template('gentelella', 'gentelella/dist', 'production/index.html', { rooted: true }),
  template('gentelella-form', 'gentelella/dist', 'production/form.html', { rooted: true }),
  template('gentelella-inbox', 'gentelella/dist', 'production/inbox.html', { rooted: true }),
  template('material-dashboard', 'material-dashboard', 'pages/dashboard.html'),
  template('now-ui-dashboard', 'now-ui-dashboard', 'examples/dashboard.html'),
  template('paper-dashboard', 'paper-dashboard', 'dashboard.html'),
  template('black-dashboard', 'black-dashboard', 'examples/dashboard.html'),
  template('soft-ui-tables', 'soft-ui-dashboard', 'pages/tables.html'),
  template('argon-dashboard', '@creative-tim-official/argon-dashboard', 'pages/dashboard.html'),
]
