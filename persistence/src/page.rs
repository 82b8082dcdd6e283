//! Lists by keyset: a page begins after the last key of the one before.

/// How many rows a page may have: 1 to 100, 20 unless asked (AIP-158).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit(i64);

impl Limit {
    /// The most rows a page may have.
    pub const MAX: i64 = 100;

    /// A limit; `None` outside 1 to 100.
    pub const fn new(rows: i64) -> Option<Self> {
        if rows >= 1 && rows <= Self::MAX {
            Some(Self(rows))
        } else {
            None
        }
    }

    /// The number of rows.
    pub const fn rows(self) -> i64 {
        self.0
    }

    /// One row more than asked for, which tells whether there is a next page.
    pub const fn and_one(self) -> i64 {
        self.0 + 1
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(20)
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T, K> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins; `None` at the end. The edge signs it into an opaque token.
    pub next: Option<K>,
}

impl<T, K> Page<T, K> {
    /// A page from the rows of a query that asked for [`Limit::and_one`].
    pub fn cut(mut rows: Vec<T>, limit: Limit, key: impl Fn(&T) -> K) -> Self {
        let Ok(most) = usize::try_from(limit.rows()) else {
            return Self {
                items: rows,
                next: None,
            };
        };
        let more = rows.len() > most;
        rows.truncate(most);
        let next = if more { rows.last().map(key) } else { None };
        Self { items: rows, next }
    }

    /// The same page with its rows converted.
    ///
    /// # Errors
    /// The first row's that cannot be converted.
    pub fn try_map<U, E>(self, convert: impl FnMut(T) -> Result<U, E>) -> Result<Page<U, K>, E> {
        Ok(Page {
            items: self
                .items
                .into_iter()
                .map(convert)
                .collect::<Result<_, _>>()?,
            next: self.next,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_points_on_only_when_there_is_more() {
        for (rows, limit, items, next) in [
            (vec![], 2, vec![], None),
            (vec![1, 2], 2, vec![1, 2], None),
            (vec![1, 2, 3], 2, vec![1, 2], Some(2)),
        ] {
            let page = Limit::new(limit).map(|limit| Page::cut(rows, limit, |row| *row));
            assert_eq!(page, Some(Page { items, next }));
        }
        assert_eq!(Limit::new(0).or(Limit::new(101)), None);
    }
}
