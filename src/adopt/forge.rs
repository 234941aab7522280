//! The address of a repository's files on the web.

use url::Url;

/// Where the files of a branch can be read, from the address that git pushes to; nothing where the software of the
/// forge does not show in its name. `folder` leads from the top of the repository to the project.
pub fn files(remote: &str, branch: &str, folder: &str) -> Option<String> {
    let (host, path) = parts(remote)?;
    let path = path.trim_matches('/').trim_end_matches(".git");
    let way = if host.contains("gitlab") {
        "-/blob"
    } else if host.contains("github") {
        "blob"
    } else if host.contains("codeberg") || host.contains("gitea") || host.contains("forgejo") {
        "src/branch"
    } else if host.contains("bitbucket.org") {
        "src"
    } else {
        return None;
    };
    let address = format!("https://{host}/{path}/{way}/{branch}/{folder}");
    Url::parse(&address).ok().map(String::from)
}

/// The host and the path of a remote. Who logs in, and with what, is left out.
fn parts(remote: &str) -> Option<(String, String)> {
    if let Ok(url) = Url::parse(remote)
        && let Some(host) = url.host_str()
    {
        return Some((host.to_owned(), url.path().to_owned()));
    }
    let (host, path) = remote.split_once(':')?;
    let host = host.rsplit('@').next().unwrap_or(host);
    (!host.contains('/')).then(|| (host.to_owned(), path.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::files;

    #[test]
    fn remotes_lead_to_files_on_the_web() {
        let github = "https://github.com/acme/kb/blob/main/";
        for remote in [
            "https://github.com/acme/kb.git",
            "https://ann:secret@github.com/acme/kb",
            "git@github.com:acme/kb.git",
            "ssh://git@github.com:22/acme/kb.git",
        ] {
            assert_eq!(files(remote, "main", "").as_deref(), Some(github), "{remote}");
        }
        assert_eq!(
            files("git@gitlab.acme.example:ops/sre/kb.git", "master", "docs kb/").as_deref(),
            Some("https://gitlab.acme.example/ops/sre/kb/-/blob/master/docs%20kb/")
        );
        for remote in ["/srv/git/kb.git", "../kb", "https://git.acme.example/kb", "C:/kb"] {
            assert_eq!(files(remote, "main", ""), None, "{remote}");
        }
    }
}
